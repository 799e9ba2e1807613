import type { Dataset } from '@convbook/data';
import type { RunRecord, RunResult } from '@convbook/run';
import { scoresOf, writeRecord } from '@convbook/run/writing';
import type { SharedState } from '../engine/shared-state.ts';
import { writeEvaluation, writeModel } from '../run/artifacts.ts';
import type { EpochsOutcome } from './epochs.ts';
import type { RecoveryContext } from './recovery.ts';

/** Writes the model, the evaluation and the result; the record with it. */
export async function finishRun(
  context: RecoveryContext,
  data: Dataset,
  record: RunRecord,
  outcome: EpochsOutcome,
): Promise<RunRecord> {
  const { directory, state } = context;
  const { step } = outcome.cursor;
  const status = outcome.interrupted ? 'interrupted' : 'complete';
  const modelSha256 = await writeModel(directory, state);
  await writeEvaluation(directory, state, data);
  context.logMetrics({ event: 'end', status, step, modelSha256 });
  const elapsedSeconds = context.elapsedSeconds();
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  context.logTiming({ event: 'end', step, elapsedSeconds, peakMemoryBytes });
  const scores = scoresOf(testEvaluation(state), trainedLabels(state));
  const result = { ...resultOf(outcome, elapsedSeconds, modelSha256), ...scores };
  const finished: RunRecord = { ...record, status, result };
  await writeRecord(directory, finished);
  return finished;
}

function trainedLabels({ train: { images, indexes } }: SharedState): Uint32Array {
  return indexes.map((index) => images.labels[index]);
}

function testEvaluation({ plan, evaluated }: SharedState) {
  const { images, logits } = evaluated.test;
  const [classes] = plan.model.output;
  return { samples: images.count, classes, logits, labels: images.labels };
}

function resultOf(outcome: EpochsOutcome, elapsedSeconds: number, modelSha256: string): RunResult {
  const { cursor, test, trainLoss, trainAccuracy, trainSeconds, trainedSamples } = outcome;
  return {
    epochs: cursor.epoch - 1,
    steps: cursor.step,
    trainLoss,
    trainAccuracy,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    testCorrect: test.correct,
    testSamples: test.samples,
    elapsedSeconds,
    imagesPerSecond: trainSeconds > 0 ? trainedSamples / trainSeconds : 0,
    modelSha256,
  };
}
