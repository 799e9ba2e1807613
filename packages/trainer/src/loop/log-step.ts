import { readBatch } from '../engine/batch-numbers.ts';
import { readLayerNorms } from '../engine/observe/layer-norms.ts';
import { isSampled } from '../engine/observe/sampled-steps.ts';
import { readTimeline } from '../engine/observe/timeline.ts';
import { batchPlanAt } from '../engine/training-plan.ts';
import type { Cursor } from '../run/cursor.ts';
import type { RunContext } from './run-context.ts';

/** Logs the finished step after the cursor; the cursor after it. */
export function logStep(context: RunContext, cursor: Cursor): Cursor {
  const { state, logMetrics, metricsBytes } = context;
  const { batchSize: samples } = batchPlanAt(state.plan, cursor.batch);
  const numbers = readBatch(state.statistics.batches, cursor.batch);
  const { loss, correct, learningRate, gradientNorm } = numbers;
  const step = cursor.step + 1;
  const { epoch } = cursor;
  logMetrics({
    event: 'step',
    step,
    epoch,
    samples,
    loss: loss / samples,
    correct,
    learningRate,
    gradientNorm,
  });
  logSamples(context, step, epoch);
  return {
    ...cursor,
    step,
    batch: cursor.batch + 1,
    epochLoss: cursor.epochLoss + loss,
    epochCorrect: cursor.epochCorrect + correct,
    metricsBytes: metricsBytes(),
  };
}

/** Logs what was looked at more closely, where the step is sampled. */
function logSamples(
  { state, logMetrics, logTiming }: RunContext,
  step: number,
  epoch: number,
): void {
  const norms = isSampled('layers', state.plan, step) ? readLayerNorms(state, step) : null;
  if (norms !== null) logMetrics({ event: 'layers', step, epoch, layers: norms });
  const timeline = isSampled('times', state.plan, step) ? readTimeline(state, step, epoch) : null;
  if (timeline !== null) logTiming(timeline);
}
