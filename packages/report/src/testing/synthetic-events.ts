import { normal } from '@convbook/core';
import type { MetricsEvent, TimingEvent } from '@convbook/layers';
import type { Evaluation } from '../evaluation.ts';
import type { RunSettings } from './synthetic-record.ts';
import { correctAnswers } from './synthetic-tensors.ts';

/** Events of a loss that falls with noise and an accuracy that ends at the evaluation's. */
export function syntheticMetrics(
  { epochs, stepsPerEpoch, steps }: RunSettings,
  evaluation: Evaluation,
): MetricsEvent[] {
  const total = epochs * stepsPerEpoch;
  const noise = normal(5, 'loss', new Float64Array(total), 0, 1);
  const accuracy = correctAnswers(evaluation) / evaluation.samples;
  const events: MetricsEvent[] = [
    { event: 'start', schema: 1, seed: 1, steps: total, stepsPerEpoch },
  ];
  for (let step = 1; step <= steps; step++) {
    const epoch = Math.ceil(step / stepsPerEpoch);
    const done = step / total;
    const loss = 2.3 * Math.exp(-14 * done) + 0.25 * (1 - done) ** 2 + 0.015;
    const learningRate = 0.003 * Math.sin(Math.PI * Math.min(1, done ** 0.6)) + 1e-6;
    events.push({
      event: 'step',
      step,
      epoch,
      samples: 100,
      loss: loss * Math.exp(0.35 * noise[step - 1]),
      correct: 100 - Math.round(20 * loss),
      learningRate,
      gradientNorm: 1 + Math.abs(noise[step - 1]),
    });
    if (step % stepsPerEpoch !== 0) continue;
    const miss = 2.5 / epoch;
    events.push({
      event: 'epoch',
      epoch,
      step,
      trainLoss: loss,
      trainAccuracy: 1 - (1 - accuracy) * miss ** 1.6,
      testLoss: 0.034 * miss,
      testAccuracy: epoch === epochs ? accuracy : 1 - (1 - accuracy) * miss,
      testSamples: evaluation.samples,
    });
  }
  return events;
}

/** Start, progress and end, of some made-up duration. */
export function syntheticTiming(steps: number): TimingEvent[] {
  return [
    { event: 'start', schema: 1, at: '2025-11-22T09:53:07.412Z', workers: 2, step: 0 },
    ...Array.from({ length: Math.floor(steps / 10) }, (_, k) => ({
      event: 'progress' as const,
      step: 10 * (k + 1),
      epoch: 1,
      elapsedSeconds: k + 1,
      imagesPerSecond: 10_000 + 500 * (k % 3),
    })),
    { event: 'end', step: steps, elapsedSeconds: 51.7, peakMemoryBytes: 5 * 2 ** 28 },
  ];
}
