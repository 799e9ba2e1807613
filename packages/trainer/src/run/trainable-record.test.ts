import { RunDirectoryError } from '@convbook/core';
import { schedules, step, warmUp, type RunRecord } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { optimizerKinds } from '../optimizers/registry.ts';
import { tinyData, tinyModel, tinyState } from '../testing/tiny.ts';
import { createRecord } from './record.ts';
import { checkTrainable } from './trainable-record.ts';

const { plan } = await tinyState({ schedule: warmUp({ then: step({ every: 2 }) }) });
const valid = createRecord(
  { model: tinyModel, data: tinyData(10, 5), directory: '/run' },
  plan,
  { workers: 1 },
  new Date(0),
);

describe('checkTrainable', () => {
  test('takes what a run was begun with', () => {
    expect(() => checkTrainable(valid, 'run.json')).not.toThrow();
  });

  type Configuration = RunRecord['configuration'];
  const names = (field: string, kinds: object, got: string) =>
    `expected configuration.${field} to be one of ${Object.keys(kinds).join(', ')}, got ${got}`;
  const rows: [message: string, change: (record: RunRecord) => void][] = [
    ...['../mnist', '/etc', 'a\\b', 'a\0b', '..', '.', ''].map(
      (name): [string, (record: RunRecord) => void] => [
        `expected data.name to be a name without / or \\, got ${JSON.stringify(name)}`,
        ({ data }) => (data.name = name),
      ],
    ),
    [
      names('optimizer', optimizerKinds, '"toString"'),
      ({ configuration }) => (configuration.optimizer = { name: 'toString' }),
    ],
    [
      names('schedule', schedules, '"__proto__"'),
      ({ configuration }) => (configuration.schedule = { name: '__proto__' }),
    ],
    [
      'expected a configuration that can be trained, got "schedule step.every: expected a whole number above 0, got 0"',
      ({ configuration }) =>
        (configuration.schedule = { name: 'step', every: 0 } as Configuration['schedule']),
    ],
    [
      'expected a configuration that can be trained, got "validation: expected an integer from 0 to 9, got 10"',
      ({ configuration }) => (configuration.validation = 10),
    ],
  ];

  test.each(rows)('refuses: %s', (message, change) => {
    const record = structuredClone(valid);
    change(record);
    expect(() => checkTrainable(record, 'run.json')).toThrow(
      new RunDirectoryError(
        `run.json: ${message}; train again, or restore the run directory from a copy`,
      ),
    );
  });
});
