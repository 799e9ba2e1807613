import { readFileSync } from 'node:fs';
import { formatCount } from '@convbook/page/markup';
import { describe, expect, test } from 'vitest';
import { bookCompute, viewText } from '../../testing/index.ts';
import type { Control } from '../../figure/figure.ts';
import { plainRow, type Row } from './network.ts';
import { sizes, stateOf, type State } from './sizes-figure.ts';
import { shapeText } from './table.ts';

interface Worked {
  readonly outputs?: readonly (readonly number[])[];
  readonly params: number;
  readonly paramsWithoutBias?: number;
}

const file = new URL('../../../../../test/worked-examples.json', import.meta.url);
const { models } = JSON.parse(readFileSync(file, 'utf8')) as { models: Record<string, Worked> };
const compute = await bookCompute();
const shown = (state: State) => viewText(sizes, state, compute);

/** The control of an English label. */
function control(label: string): Control<State> {
  const found = sizes.controls.find((one) => one.label.en === label);
  if (found) return found;
  throw new Error(`expected a control ${label}`);
}

function press(state: State, label: string): State {
  const button = control(label);
  return button.kind === 'button' ? button.act(state) : state;
}

function type(state: State, label: string, value: number): State {
  const field = control(label);
  return field.kind === 'count' ? field.set(state, value) : state;
}

const at = (state: State, chosen: number): State => ({ ...state, chosen });

describe.each(Object.entries(models))('%s', (name, worked) => {
  test.each(['chw', 'hwc'] as const)('every shape, as %s, and every count', (order) => {
    const text = shown(stateOf(name, order));
    for (const shape of worked.outputs ?? []) expect(text).toContain(shapeText(shape, order));
    const total = /(?:Total|합계) ?([\d,]+) ([\d,]+)/.exec(text)?.slice(1);
    expect(total?.[0]).toBe(formatCount(worked.params));
    if (worked.paramsWithoutBias !== undefined) {
      expect(total?.[1]).toBe(formatCount(worked.paramsWithoutBias));
    }
  });
});

describe('rows and columns that no window reaches', () => {
  test.each([
    [
      'keras-figure',
      5,
      '(9 + 2·0 − 2) / 2 + 1 = 4.5 → ⌊4.5⌋ = 4',
      '1 column lost',
      'whose values are lost',
    ],
    [
      'batched-cnn',
      1,
      '(28 + 2·1 − 3) / 2 + 1 = 14.5 → ⌊14.5⌋ = 14',
      '1 row, 1 column of padding unused',
      '1 row, 1 column, all padding',
    ],
  ])('%s', (name, chosen, formula, note, alt) => {
    const state = at(stateOf(name), chosen);
    expect(shown(state)).toContain(formula);
    expect(shown(state)).toContain(note);
    expect(sizes.view(state, compute).toString()).toContain(alt);
  });

  test('none where the stride divides', () =>
    expect(shown(stateOf('taewan'))).not.toContain('lost'));
});

test('formulas have the numbers of the chosen layer', () => {
  const text = shown(at(stateOf('taewan'), 4));
  for (const formula of [
    '60·(40·3·3) + 60 = 21,660',
    '(60·6·4)·(40·3·3) = 518,400',
    '11 + (3 − 1)·4 = 19',
    '60·6·4·4 B = 5.6 KiB',
  ]) {
    expect(text).toContain(formula);
  }
});

test('a layer that does not fit says why in its row, and the reader goes on', () => {
  const small = type(stateOf('taewan'), 'Image columns', 24);
  const text = shown(small);
  expect(text).toContain(
    'conv4: the window 2×2 does not fit its input, got 3×1 with padding 0×0; take a smaller window or more padding',
  );
  expect(text).toContain('waits for the layer above');
  expect(text).toContain('pool3');
  const mended = type(at(small, 6), 'Padding', 1);
  expect(shown(mended)).toContain('conv4 + relu 80@2×2, pad 1 80×4×2');
  expect(shown(mended)).not.toContain('does not fit');
});

describe('editing', () => {
  test('adds below the chosen row, a dense layer after flatten', () => {
    const state = press(at(stateOf('two-stage'), 4), 'Add below');
    expect(state.network.rows[5]).toMatchObject({ kind: 'dense', filters: 64 });
    expect(state.chosen).toBe(5);
    expect(shown(state)).toContain('64·(320) + 64 = 20,544');
    expect(press(stateOf('two-stage'), 'Add below').network.rows[1]).toEqual(plainRow);
  });

  test('moves and removes; one row always stays', () => {
    const start = stateOf('two-stage');
    expect(press(start, 'Move up')).toBe(start);
    const moved = press(press(start, 'Move down'), 'Move up');
    expect(moved).toEqual(start);
    const emptied = start.network.rows.reduce((state) => press(state, 'Remove'), start);
    expect(emptied.network.rows).toHaveLength(1);
    expect(shown(emptied)).toContain('dense1: expected input [inputs], got 1×28×28');
  });

  test('every field at both of its ends, on every kind of layer', () => {
    const kinds: Row['kind'][] = ['conv2d', 'maxPool2d', 'avgPool2d', 'flatten', 'dense'];
    const choice = control('Chosen layer');
    for (const kind of kinds) {
      const state = choice.kind === 'choice' ? choice.set(at(stateOf('lenet'), 3), kind) : null;
      for (const field of sizes.controls.filter((one) => one.kind === 'count')) {
        for (const value of [field.least, field.most]) {
          if (state) expect(shown(field.set(state, value))).toMatch(/Total/);
        }
      }
    }
    expect.assertions(kinds.length * 14);
  });
});
