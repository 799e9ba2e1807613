// The options of a command that are settings of a run, made from the rows of their table.
import {
  flagOf,
  parseAugmentation,
  parseLoss,
  parseOptimizer,
  parseSchedule,
  rows,
  type AnySetting,
  type ValueKind,
} from '@convbook/run';
import { fittedSettings, presetSettings } from '@convbook/trainer/settings';
import { recipes } from '@convbook/trainer';
import { Option } from 'commander';
import { toCount, toNumber } from './command.ts';

interface Typed {
  /** Absent: the option has no value. */
  readonly placeholder?: string;
  parse(text: string): unknown;
}

const typed: Readonly<Record<ValueKind, Typed>> = {
  whole: { placeholder: '<n>', parse: toCount },
  real: { placeholder: '<x>', parse: toNumber },
  switch: { parse: String },
  word: { placeholder: '<name>', parse: String },
  words: { placeholder: '<names>', parse: (text) => text.split(',') },
  optimizer: { placeholder: '<name>', parse: parseOptimizer },
  schedule: { placeholder: '<name>', parse: parseSchedule },
  loss: { placeholder: '<name>', parse: parseLoss },
  augmentation: { placeholder: '<settings>', parse: parseAugmentation },
};

/** The options of the settings that have one, in the order of the table. */
export function settingOptions(): Option[] {
  return rows
    .filter(([, { help }]) => help !== undefined)
    .flatMap(([name, row]) => {
      const { placeholder, parse } = typed[row.type.kind];
      const flag = flagOf(name);
      if (placeholder === undefined) {
        const off = new Option(flag.replace('--', '--no-')).hideHelp();
        return [new Option(flag, description(name, row)), off];
      }
      const flags = `${flag} ${row.unit === 'seconds' ? '<s>' : placeholder}`;
      return [new Option(flags, description(name, row)).argParser(parse)];
    });
}

function description(name: string, row: AnySetting): string {
  const names = name === 'recipe' ? purposes() : Object.keys(row.type.kinds ?? {}).join(', ');
  const text = [row.help, names].filter((part) => part !== '').join(': ');
  const usual = [usualText(row), ...presetTexts(name, row)].filter((part) => part !== '');
  return usual.length === 0 ? text : `${text} (default: ${usual.join('; ')})`;
}

function usualText({ type, default: usual, defaultText }: AnySetting): string {
  if (defaultText !== undefined) return defaultText;
  if (usual === undefined || usual === null) return '';
  return type.format(type.resolve('default', usual));
}

// The presets with another default: `taewan-fc 16`.
function presetTexts(name: string, { type }: AnySetting): string[] {
  const own = Object.entries(presetSettings).flatMap(([preset, settings]) => {
    const value = new Map<string, unknown>(Object.entries(settings)).get(name);
    return value === undefined ? [] : [`${preset} ${type.format(type.resolve(name, value))}`];
  });
  const fitted = Object.entries(fittedSettings).flatMap(([preset, { help }]) =>
    Object.hasOwn(help, name) ? [`${preset} ${help[name]}`] : [],
  );
  return [...own, ...fitted];
}

// Each recipe with its purpose.
function purposes(): string {
  return Object.entries(recipes)
    .map(([name, { model, purpose }]) => `${name} (${model}, ${purpose})`)
    .join(', ');
}
