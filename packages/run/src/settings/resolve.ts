// From what a user gave, or what run.json has, to a configuration with every default.
import { ConfigurationError } from '@convbook/core';
import { flagOf } from './flags.ts';
import { valuesOfRecord } from './record.ts';
import {
  rows,
  type AnySetting,
  type Configuration,
  type Earlier,
  type Facts,
  type MachineSettings,
  type RunConfiguration,
  type TrainingSettings,
} from './table.ts';

type Values = Readonly<Record<string, unknown>>;

/** Where nothing else is known. */
export const usualFacts = { channels: 1, weightsOutweighMaps: false };

/**
 * Fills every default.
 *
 * @param trainSamples Training samples of the data set.
 * @throws ConfigurationError for the first setting that does not fit.
 */
export function resolveSettings(
  given: TrainingSettings,
  trainSamples: number,
  facts: Facts = {},
): Configuration {
  return resolveValues({ ...given }, { trainSamples, ...usualFacts, ...facts });
}

/** As `resolveSettings`, of a run that was recorded. */
export function resolveRecorded(recorded: RunConfiguration, trainSamples: number): Configuration {
  // Defaults of settings that a record lacks do not follow from these.
  return resolveValues(valuesOfRecord(recorded), { trainSamples, ...usualFacts });
}

/**
 * Checks the settings that do not decide bytes.
 *
 * @throws ConfigurationError for the first of the settings that decide the time alone that does not fit.
 */
export function checkMachineSettings(given: MachineSettings): void {
  const values: Values = { ...given };
  for (const [name, { decidesBytes, type }] of rows) {
    if (!decidesBytes && values[name] !== undefined) type.resolve(name, values[name]);
  }
}

function resolveValues(
  given: Values,
  data: Pick<Earlier, 'trainSamples' | keyof Facts>,
): Configuration {
  const resolved: Record<string, unknown> = {};
  for (const [name, row] of rows) {
    if (!row.decidesBytes || row.partOf !== undefined) continue;
    // The rows above have filled in what the defaults and limits below follow from.
    const earlier: Earlier = { ...(resolved as Configuration), ...data };
    const value = resolveRow(name, row, given[name], earlier);
    resolved[name] = withParts(name, value, given);
  }
  // A value for each row of the table, by the row's own type.
  return resolved as Configuration;
}

function resolveRow(name: string, row: AnySetting, given: unknown, earlier: Earlier): unknown {
  const value = given === undefined ? (row.defaultFrom?.(earlier) ?? row.default) : given;
  return row.type.resolve(name, value, row.most?.(earlier));
}

/** The value with its parts that are given beside it. */
function withParts(name: string, value: unknown, given: Values): unknown {
  const parts = rows.filter(([part, { partOf }]) => partOf === name && given[part] !== undefined);
  if (typeof value !== 'object' || value === null || parts.length === 0) return value;
  const added = parts.map(([part, { type }]) => {
    checkHasPart(name, value, part);
    return [part, type.resolve(part, given[part])] as const;
  });
  return { ...value, ...Object.fromEntries(added) };
}

function checkHasPart(name: string, value: object, part: string): void {
  if (Object.hasOwn(value, part)) return;
  const { kinds = {} } = Object.fromEntries(rows)[name].type;
  const having = Object.keys(kinds).filter((kind) => Object.hasOwn(kinds[kind].expected, part));
  const got = 'name' in value ? String(value.name) : '';
  throw new ConfigurationError(
    `${part}: expected ${flagOf(name)} ${having.join(' or ')}, got ${got}; ` +
      'choose one of these, or leave the option out',
  );
}
