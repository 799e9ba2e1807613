import type { Run } from '@convbook/run';
import { expect, test } from 'vitest';
import { falls, flat, runOf } from '../testing/run-of-curves.ts';
import { changedCommand, type CommandChange } from './changed-command.ts';
import { nextChange } from './next-change.ts';
import { trainingCourse, type TrainingCourse } from './training-course.ts';

const plain = runOf({ losses: falls, epochs: flat });

/** The run with other settings, and images of another shape. */
function changed(settings: Partial<Run['record']['configuration']>, input?: number[]): Run {
  const { record } = plain;
  const configuration = { ...record.configuration, ...settings };
  const model = { ...record.model, input: input ?? record.model.input };
  return { ...plain, record: { ...record, configuration, model } };
}

const augment = { shift: 2, rotation: 0, scale: 0, elastic: 0 };
const settled: TrainingCourse = { kind: 'settled', fall: 0 };
const rose: TrainingCourse = { kind: 'overfitted', best: plain.epochs[0], gap: 0.01 };
const stuck = { kind: 'stuck', accuracy: 0.1, guessing: 0.1 } as const;

const few: TrainingCourse = {
  kind: 'few-tests',
  interval: { low: 0.5, high: 0.9 },
  baseline: { label: 0, share: 0.7 },
};

/** The run with unequal classes, and a loss that can weigh them. */
function unequal({ record, ...run }: Run): Run {
  if (record.result === undefined) throw new Error('unequal: expected a complete run');
  const configuration = { ...record.configuration, loss: 'softmax-cross-entropy' };
  const result = { ...record.result, balancedAccuracy: 0.5 };
  return { ...run, record: { ...record, configuration, result } };
}
const uneven = unequal(plain);
const balance = { set: { 'class-weights': 'balanced' } };

const changes: [string, TrainingCourse, Run, CommandChange | null][] = [
  ['too short', { kind: 'too-short', steps: 10 }, plain, { set: { epochs: '15' }, drop: [] }],
  [
    'too short on few images',
    { kind: 'too-short', steps: 10 },
    changed({ limit: 100 }),
    { set: {}, drop: ['limit'] },
  ],
  [
    'still falling, ended by its patience',
    { kind: 'still-falling', fall: 0.2, epochs: 1 },
    changed({ patience: 2 }),
    { set: { epochs: '6' }, drop: ['patience'] },
  ],
  ['stuck and still', { ...stuck, sign: 'still' }, plain, { set: { 'learning-rate': '0.03' } }],
  ['stuck, moving', { ...stuck, sign: 'moved' }, plain, { set: { 'learning-rate': '0.0003' } }],
  ['stuck and dead', { ...stuck, sign: 'dead' }, uneven, { set: { 'learning-rate': '0.0003' } }],
  ['stuck, unequal', { ...stuck, sign: 'moved' }, uneven, balance],
  ['too few test images', few, plain, null],
  ['too few test images, unequal', few, uneven, balance],
  ['settled', settled, plain, { set: { augment: 'shift=2,rotation=10' } }],
  ['settled, in colour', settled, changed({}, [3, 32, 32]), { set: { augment: 'crop=4' } }],
  ['settled, without images', settled, changed({}, [20]), null],
  ['settled, with varied images', settled, changed({ augment }), null],
  [
    'overfitted with varied images',
    rose,
    changed({ augment }),
    { set: { validation: '6000', patience: '3' } },
  ],
  [
    'overfitted with varied and held-out images',
    rose,
    changed({ augment, validation: 500 }),
    { set: { validation: '500', patience: '3' } },
  ],
  ['overfitted, unequal', rose, unequal(changed({ augment })), balance],
  ['overfitted after all', rose, changed({ augment, patience: 3 }), null],
  ['flawless', { kind: 'flawless' }, plain, null],
];

test.each(changes)('%s', (_, course, run, expected) => {
  expect(nextChange(course, run)).toEqual(expected);
});

test('a run that diverged gets a command with a tenth of its learning rate', () => {
  const run = runOf({ losses: falls, status: 'diverged' });
  const course = trainingCourse(run);
  expect(course?.kind).toBe('rate-too-high');
  expect(
    course && changedCommand('train --learning-rate 0.003', nextChange(course, run) ?? { set: {} }),
  ).toBe('train --learning-rate 0.0003');
});
