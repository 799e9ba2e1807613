// A configuration as texts: in the command that repeats it, and in messages.
import { typedCommand } from '@convbook/core/checks';
import { flagOf } from './flags.ts';
import { shellWord } from './words.ts';
import { usualFacts } from './resolve.ts';
import { rows, type AnySetting, type Configuration, type Earlier, type Facts } from './table.ts';

/** The resolved value of each row that has one, parts of a setting beside it. */
export function valuesOf(configuration: Configuration): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>(Object.entries(configuration));
  return new Map(
    rows
      .map(([name, { partOf }]): [string, unknown] => [
        name,
        partOf === undefined ? values.get(name) : partValue(values.get(partOf), name),
      ])
      .filter(([, value]) => value !== undefined),
  );
}

/** The setting of that name of a value that may have settings. */
export function partValue(value: unknown, part: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(part);
}

/** Names of the rows that are parts of the row `name`. */
export function partsOf(name: string): string[] {
  return rows.filter(([, { partOf }]) => partOf === name).map(([part]) => part);
}

/** Each resolved setting as the text that a command takes, without its parts; `none` for null. */
export function formatSettings(configuration: Configuration): ReadonlyMap<string, string> {
  const values = valuesOf(configuration);
  return new Map(
    rows
      .filter(([name]) => values.has(name))
      .map(([name, { type }]) => [name, type.format(values.get(name), partsOf(name))]),
  );
}

/**
 * The command that trains the same model again: everything that decides its bytes.
 *
 * @param facts What some defaults follow from.
 */
export function repeatCommand(
  model: string,
  data: string,
  configuration: Configuration,
  facts: Facts = {},
): string {
  const texts = formatSettings(configuration);
  const earlier = { ...configuration, trainSamples: Infinity, ...usualFacts, ...facts };
  const options = rows
    .filter(([name, row]) => row.repeated !== 'never' && texts.has(name))
    .filter(
      ([name, row]) =>
        row.repeated === undefined ||
        usualTexts(row, earlier).some((usual) => usual !== texts.get(name)),
    )
    .map(([name, { type }]) =>
      type.kind === 'switch'
        ? switchOf(name, texts.get(name))
        : `${flagOf(name)} ${texts.get(name)}`,
    );
  return [
    typedCommand('train'),
    `--model ${shellWord(model)}`,
    `--data ${shellWord(data)}`,
    ...options,
  ].join(' ');
}

/** `--standardize`, or `--no-standardize`. */
function switchOf(name: string, text: string | undefined): string {
  return text === 'on' ? flagOf(name) : flagOf(name).replace('--', '--no-');
}

/** The default as a text, and the one for the data. */
function usualTexts({ type, default: usual, defaultFrom }: AnySetting, earlier: Earlier): string[] {
  return [usual, defaultFrom?.(earlier) ?? usual].map((value) =>
    type.format(type.resolve('default', value)),
  );
}
