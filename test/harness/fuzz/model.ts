import { toCheckedModel } from '@convbook/layers';
import fc from 'fast-check';
import { opened, type Target } from './target.ts';

const valid = {
  name: 'small',
  input: [1, 8, 8],
  layers: [
    { kind: 'conv2d', filters: 3, kernelSize: [3, 3], stride: 1, padding: 1, dilation: 1 },
    { kind: 'relu' },
    { kind: 'maxPool2d', size: 2, stride: [2, 2] },
    { kind: 'conv2d', filters: 4, kernelSize: 1, initializer: { name: 'normal', deviation: 0.1 } },
    { kind: 'leakyRelu', slope: 0.1 },
    {
      kind: 'residual',
      layers: [{ kind: 'conv2d', filters: 5, kernelSize: 3, padding: 1 }, { kind: 'batchNorm' }],
      shortcut: 'conv',
    },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'flatten' },
    { kind: 'dense', units: 10, initializer: { name: 'constant', value: 0 } },
  ],
};

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

const numbers = [NaN, Infinity, -1, 0, 1.5, 7, 1e9, 2 ** 31, 2 ** 53, 1e308, 10n];
const texts = ['', '3', ' ', 'same', '__proto__', 'toString', 'conv2d'];
const longTexts = ['x'.repeat(5000), '\u202e\u001b[2J'];
const plainValues = [undefined, null, ...numbers, ...texts, ...longTexts];

/** Values that a model file, which is evaluated, may export: anything at all. */
const oddValues: readonly (() => unknown)[] = [
  ...plainValues.map((value) => () => value),
  () => [],
  () => [3],
  () => [3, 3, 3],
  () => [null, 1],
  () => [1e9, 1e9],
  () => ({}),
  () => new Array<number>(4e9),
  () => Array.from({ length: 2000 }, () => ({ kind: 'relu' })),
  () => ({ length: 4e9 }),
  () => new Date(0),
  () => new Map(),
  () => Symbol('a'),
  () => Promise.resolve(1),
  () => cycle,
  () => () => 1,
  () => Date,
  () => Object.assign([1, 1], { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }),
  () => JSON.parse('{"__proto__":{"kind":"dense"}}') as unknown,
  () => Object.create({ kind: 'relu' }) as unknown,
];

interface Change {
  /** Where: keys taken one after the other, each a number that picks one. */
  readonly path: readonly number[];
  readonly odd: number;
  /** A key that is added instead of one that is replaced. */
  readonly key: string | null;
}

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    path: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
    odd: fc.nat(),
    key: fc.option(
      fc.constantFrom('stride', 'bias', 'groups', 'rounding', 'name', 'extra', 'size'),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The model with a value at each path replaced. */
function changed(made: readonly Change[]): unknown {
  const root: Record<string, unknown> = { model: structuredClone(valid) };
  for (const { path, odd, key } of made) {
    let at: Record<string, unknown> = root;
    let place = 'model';
    for (const step of path) {
      const next = at[place];
      if (typeof next !== 'object' || next === null || next === cycle) break;
      const keys = Object.keys(next);
      if (keys.length === 0 || keys.length > 1000) break;
      at = next as Record<string, unknown>;
      place = keys[step % keys.length];
    }
    at[key ?? place] = oddValues[odd % oddValues.length]();
  }
  return root.model;
}

/** The default export of a model file. */
export const modelTarget: Target = {
  name: 'model file',
  share: 14,
  prepare() {
    let model: unknown = valid;
    const change = (made: Change[] | null) => {
      model = made === null ? valid : changed(made);
      return 0;
    };
    return opened(changes, change, () => toCheckedModel(model));
  },
};
