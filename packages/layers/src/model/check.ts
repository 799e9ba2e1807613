// A model from a file may hold anything. It is checked to be plain data of the right types before
// anything is computed from it.
import type { SettingType } from '../calls/layer-kind.ts';
import { resolveModel, type ModelSpec } from './model.ts';
import { checkModelSize } from './size.ts';
import { copyPlain, fieldsOf, itemsOf, numbersOf, wrong, type Fields } from './plain-data.ts';
import { innerKinds, kindOf, layerKinds } from '../registry.ts';

const mostAxes = 8;
const mostLayers = 1000;
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
    ...copyOthers(others),
    ...(name === undefined ? {} : { name: nameOf(name) }),
    input: numbersOf(input, 'model.input', 'a list such as [1, 28, 28]', mostAxes),
    layers: toLayers(layers, 'model.layers', layerKinds),
  } as unknown as ModelSpec;
  checkCount(model);
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

const checks: Readonly<Record<SettingType, Check>> = {
  number,
  pair,
  'required pair': pair,
  boolean,
  text: typeOf('string', 'text'),
  initializer: (value, where) => {
    const fields = fieldsOf(value, where, 'an initializer such as gaussian(0.01)');
    return copyPlain(fields, where);
  },
  layers: (value, where) => toLayers(value, where, innerKinds),
};

function toLayers(value: unknown, where: string, kinds: object): Fields[] {
  const items = itemsOf(value, where, 'a list of layers', mostLayers);
  return items.map((item, index) => toLayer(item, `${where}[${index}]`, kinds));
}

/** Refuses a model whose lists are each short enough, but not all of them together. */
function checkCount({ layers }: ModelSpec): void {
  const count = layers.reduce(
    (sum, layer) => sum + 1 + (layer.kind === 'residual' ? layer.layers.length : 0),
    0,
  );
  if (count <= mostLayers) return;
  wrong('model.layers', `at most ${mostLayers} layers with those inside residual blocks`, count);
}

function toLayer(value: unknown, where: string, kinds: object): Fields {
  const { kind, ...settings } = fieldsOf(value, where, 'a layer such as dense({ units: 10 })');
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) {
    return wrong(`${where}.kind`, `one of ${Object.keys(kinds).join(', ')}`, kind);
  }
  const known: Readonly<Record<string, SettingType>> = kindOf({ kind }).settingTypes;
  checkNames(Object.keys(settings), Object.keys(known), `${where}, ${kind}`);
  const isGiven = (name: string) => settings[name] !== undefined;
  const isRequired = (name: string) => ['required pair', 'layers'].includes(known[name]);
  const names = [
    ...Object.keys(settings).filter(isGiven),
    ...Object.keys(known).filter((name) => !isGiven(name) && isRequired(name)),
  ];
  const checked = names.map((name) => {
    const check = checks[known[name]];
    return [name, check(settings[name], `${where}.${name}`)] as const;
  });
  return { kind, ...Object.fromEntries(checked) };
}

/** Refuses unknown settings, which would be silently ignored. */
function checkNames(given: readonly string[], known: readonly string[], where: string): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  wrong(where, known.length === 0 ? 'no settings' : `settings among ${known.join(', ')}`, unknown);
}

/** Copies the model's other fields; undefined ones are left out. */
function copyOthers(others: Fields): Fields {
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, copyPlain(value, `model.${key}`)]));
}
