// A model as it comes from a file, which may hold anything: plain data of the right types, before
// anything is worked out from it.
import { resolveModel, type ModelSpec } from './model.ts';
import { checkModelSize } from './model-size.ts';
import { copyPlain, fieldsOf, itemsOf, numbersOf, wrong, type Fields } from './plain-data.ts';
import { layerKinds } from './registry.ts';

const mostAxes = 8;
const longestName = 1000;

/**
 * A model that resolves, as a clean copy: no getters, functions or prototypes.
 *
 * @param value What a file exports, or JSON.
 * @throws ConfigurationError naming the layer and the setting where a type is wrong, the layer where
 * a shape does not fit, and the largest layer where it needs more than 4 GiB.
 */
export function toCheckedModel(value: unknown): ModelSpec {
  const fields = fieldsOf(value, 'model', 'what defineModel({ input, layers }) gives');
  const { name, input, layers, ...others } = fields;
  const model = {
    ...copySettings(others, 'model'),
    ...(name === undefined ? {} : { name: nameOf(name) }),
    input: numbersOf(input, 'model.input', 'a list such as [1, 28, 28]', mostAxes),
    layers: itemsOf(layers, 'model.layers', 'a list of layers').map(toLayer),
  } as unknown as ModelSpec;
  checkModelSize(resolveModel(model));
  return model;
}

function nameOf(name: unknown): string {
  if (typeof name === 'string' && name.length <= longestName) return name;
  return wrong('model.name', `text of at most ${longestName} characters`, name);
}

type Check = (value: unknown, where: string) => unknown;

const typeOf =
  (type: 'number' | 'string' | 'boolean', phrase: string): Check =>
  (value, where) =>
    typeof value === type ? value : wrong(where, phrase, value);

const number = typeOf('number', 'a number');
const boolean = typeOf('boolean', 'true or false');
const pair: Check = (value, where) => {
  const phrase = 'a number or [height, width]';
  if (typeof value === 'number') return value;
  if (!Array.isArray(value) || value.length !== 2) return wrong(where, phrase, value);
  return numbersOf(value, where, phrase, 2);
};

/** A text that reads as a number would pass comparisons. */
const plain: Check = (value, where) =>
  typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
    ? wrong(where, 'a number', value)
    : copyPlain(value, where);

/** Settings whose type their name tells; any other is plain data, and its layer's to check. */
const checks: Readonly<Record<string, Check>> = {
  ...{ filters: number, units: number, groups: number, rate: number, slope: number },
  ...{ alpha: number, beta: number, k: number, momentum: number, epsilon: number },
  ...{ kernelSize: pair, size: pair, stride: pair, padding: pair, dilation: pair },
  ...{ bias: boolean, divideAlpha: boolean },
  rounding: typeOf('string', 'text'),
  initializer: (value, where) => {
    const fields = fieldsOf(value, where, 'an initializer such as gaussian(0.01)');
    return copyPlain(fields, where);
  },
};

/** Settings that have no default and that a layer would take apart before it looks at them. */
const required: Readonly<Record<string, string>> = {
  ...{ conv2d: 'kernelSize', maxPool2d: 'size', avgPool2d: 'size', minPool2d: 'size' },
};

function toLayer(value: unknown, index: number): Fields {
  const where = `model.layers[${index}]`;
  const { kind, ...settings } = fieldsOf(value, where, 'a layer such as dense({ units: 10 })');
  if (typeof kind !== 'string' || !Object.hasOwn(layerKinds, kind)) {
    return wrong(`${where}.kind`, `one of ${Object.keys(layerKinds).join(', ')}`, kind);
  }
  const needed = Object.hasOwn(required, kind)
    ? { [required[kind]]: settings[required[kind]] }
    : {};
  return { kind, ...copySettings(settings, where), ...copySettings(needed, where, true) };
}

/** Copies settings, each checked by its name; those that are undefined only where `all` are wanted. */
function copySettings(settings: Fields, where: string, all = false): Fields {
  const given = Object.entries(settings).filter(([, value]) => all || value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => {
      const check = Object.hasOwn(checks, key) ? checks[key] : plain;
      return [key, check(value, `${where}.${key}`)];
    }),
  );
}
