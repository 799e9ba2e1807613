// The numbers of a checkpoint, before a run goes on from them: whoever writes a file can also write
// the hash in it.
import { RunDirectoryError } from '@convbook/core';
import type { TrainingPlan } from '../engine/training-plan.ts';
import type { Cursor } from './cursor.ts';

type Plan = Pick<TrainingPlan, 'batchesPerEpoch' | 'configuration'>;

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** @throws RunDirectoryError beginning with `file` unless a run of the plan can be there. */
export function checkCursor(cursor: Cursor, plan: Plan, file: string): void {
  const { batchesPerEpoch, configuration } = plan;
  const lastEpoch = configuration.epochs + 1;
  const expect = (name: keyof Cursor, isGood: boolean, what: string) => {
    if (isGood) return;
    throw new RunDirectoryError(
      `${file}: expected ${name} to be ${what}, got ${cursor[name]}; the file is damaged`,
    );
  };
  const { epoch, batch, step, bestLoss, rateFactor } = cursor;
  expect('epoch', isCount(epoch) && epoch >= 1 && epoch <= lastEpoch, `1 to ${lastEpoch}`);
  const batches = epoch === lastEpoch ? 0 : batchesPerEpoch;
  expect('batch', isCount(batch) && batch <= batches, `0 to ${batches}`);
  const steps = (epoch - 1) * batchesPerEpoch + batch;
  expect('step', step === steps, `${steps}, as epoch and batch say`);
  expect('epochLoss', Number.isFinite(cursor.epochLoss), 'a finite number');
  expect('bestLoss', bestLoss > -Infinity, 'a number');
  expect('rateFactor', rateFactor >= 0 && rateFactor < Infinity, 'a factor');
  for (const name of ['epochCorrect', 'metricsBytes', 'staleEpochs', 'waitedEpochs'] as const) {
    expect(name, isCount(cursor[name]), 'a whole number');
  }
}
