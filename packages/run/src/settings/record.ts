// The configuration in run.json: written, checked, and read back.
import * as v from 'valibot';
import { mapping, number, object, type Schema } from '../checks/fields.ts';
import { recordedSetting } from './recorded-fields.ts';
import { rows, type Configuration, type RunConfiguration } from './table.ts';

/** The order of the fields in run.json since the format began; what is not named follows. */
const order = [
  'recipe',
  'epochs',
  'batchSize',
  'shardSize',
  'evaluationShardSize',
  'seed',
  'limit',
  'validation',
  'learningRate',
  'scaleRate',
  'baseBatch',
  'scaledRate',
  'l1Penalty',
  'l2Penalty',
  'clipNorm',
  'patience',
  'schedule',
  'optimizer',
  'loss',
  'augment',
];

const own = rows.filter(([, { decidesBytes, partOf }]) => decidesBytes && partOf === undefined);

/** The rows that have a field of their own, in the order of run.json. */
export const recordedRows = [
  ...order.flatMap((known) => own.filter(([name]) => name === known)),
  ...own.filter(([name]) => !order.includes(name)),
];

/** The configuration as run.json has it. */
export function toRunConfiguration(configuration: Configuration): RunConfiguration {
  const values: Readonly<Record<string, unknown>> = { ...configuration };
  const fields = recordedRows.flatMap(([name, row]): [string, unknown][] => {
    if (row.recorded === 'where changed' && values[name] === row.default) return [];
    const recorded = row.type.toRecorded(values[name]);
    if (name !== 'loss') return [[name, recorded]];
    return [
      [name, recorded],
      ['lossSettings', lossSettings(configuration)],
    ];
  });
  // A field for each row of the table, by the row's own type.
  return Object.fromEntries(fields) as RunConfiguration;
}

function lossSettings({ loss }: Configuration): object {
  const { name: _, ...settings } = loss;
  return settings;
}

/** The values that a user would give for the same configuration; not checked yet. */
export function valuesOfRecord(recorded: RunConfiguration): Record<string, unknown> {
  const fields: Readonly<Record<string, unknown>> = { ...recorded };
  const values = recordedRows
    .filter(([name]) => fields[name] !== undefined)
    .map(([name, { type }]) => [name, type.fromRecorded(fields[name])] as const);
  const loss = { ...recorded.lossSettings, name: recorded.loss };
  return { ...Object.fromEntries(values), loss };
}

/** The check of the configuration in run.json that every reader needs. */
export const runConfiguration: Schema = object(
  {
    ...Object.fromEntries(
      recordedRows.map(([name, { type, isNewer }]) => [
        name,
        isNewer ? v.optional(type.recorded) : type.recorded,
      ]),
    ),
    lossSettings: v.optional(mapping(number)),
  },
  recordedSetting,
);
