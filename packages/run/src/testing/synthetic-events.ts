import { exp, normal, pow, sin } from '@convbook/core';
import type { MetricsEvent, TimingEvent } from '../events/events.ts';
import type { Evaluation } from '../artifacts/evaluation.ts';
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
    const loss = 2.3 * exp(-14 * done) + 0.25 * pow(1 - done, 2) + 0.015;
    const learningRate = 0.003 * sin(Math.PI * Math.min(1, pow(done, 0.6))) + 1e-6;
    events.push({
      event: 'step',
      step,
      epoch,
      samples: 100,
      loss: loss * exp(0.35 * noise[step - 1]),
      correct: 100 - Math.round(20 * loss),
      learningRate,
      gradientNorm: 1 + Math.abs(noise[step - 1]),
    });
    if (step === 1 || step % 20 === 0) events.push(syntheticNorms(step, epoch));
    if (step % stepsPerEpoch !== 0) continue;
    const miss = 2.5 / epoch;
    events.push({
      event: 'epoch',
      epoch,
      step,
      trainLoss: loss,
      trainAccuracy: 1 - (1 - accuracy) * pow(miss, 1.6),
      testLoss: 0.034 * miss,
      testAccuracy: epoch === epochs ? accuracy : 1 - (1 - accuracy) * miss,
      testSamples: evaluation.samples,
    });
  }
  return events;
}

/** Norms that shrink from layer to layer. */
function syntheticNorms(step: number, epoch: number): MetricsEvent {
  const layers = ['conv1', 'dense1', 'dense2'].map((name, k) => ({
    name,
    gradientNorm: pow(3, -k) / Math.sqrt(step),
    weightNorm: 2 + step / 100,
    updateNorm: 0.004 * (k + 1),
  }));
  return { event: 'layers', step, epoch, layers };
}

/** The work of two workers in a step of 8 ms, and in all steps. */
function syntheticWork(step: number): TimingEvent[] {
  const span = (worker: number, phase: string, shard: number | null, from: number, to: number) => ({
    worker,
    phase,
    shard,
    from,
    to,
  });
  const phase = (name: string, running: number, waiting: number) => ({
    phase: name,
    running,
    ending: 0.01,
    waiting,
  });
  const [shards, sums, update] = ['forward and backward', 'sum over shards', 'update'];
  const worker = [phase(shards, 3, 0.2), phase(sums, 0.6, 0.1), phase(update, 0.2, 0.1)];
  return [
    {
      event: 'timeline',
      step,
      epoch: 1,
      milliseconds: 8,
      spans: [
        span(0, shards, 0, 0, 2),
        span(0, shards, 2, 2, 4),
        span(0, shards, 4, 4, 5.8),
        span(0, sums, null, 6, 7),
        span(0, update, null, 7.2, 8),
        span(1, shards, 1, 0.1, 2.4),
        span(1, shards, 3, 2.4, 5),
        span(1, sums, null, 6, 7.1),
        span(1, update, null, 7.2, 7.7),
      ],
    },
    { event: 'workers', step, epoch: 1, workers: [worker, worker] },
    {
      event: 'profile',
      step,
      epoch: 1,
      steps: 4,
      parts: [
        { layer: 'input', direction: 'forward', milliseconds: 1 },
        { layer: 'conv1', direction: 'forward', milliseconds: 16 },
        { layer: 'loss', direction: 'forward', milliseconds: 0.5 },
        { layer: 'dense2', direction: 'weight gradient', milliseconds: 1 },
        { layer: 'dense1', direction: 'weight gradient', milliseconds: 5.5 },
        { layer: 'conv1', direction: 'weight gradient', milliseconds: 8 },
      ],
    },
  ];
}

const whyNarrow = 'V8 11.3 does not widen kernels';

/** Start, progress and end, of some made-up duration. */
export function syntheticTiming(steps: number): TimingEvent[] {
  return [
    {
      event: 'start',
      schema: 1,
      at: '2025-11-22T09:53:07.412Z',
      workers: 2,
      step: 0,
      engine: { node: '20.20.2', v8: '11.3.244.8-node.33', startedBy: null, whyNarrow },
    },
    ...Array.from({ length: Math.floor(steps / 10) }, (_, k) => ({
      event: 'progress' as const,
      step: 10 * (k + 1),
      epoch: 1,
      elapsedSeconds: k + 1,
      imagesPerSecond: 10_000 + 500 * (k % 3),
    })),
    ...(steps < 40 ? [] : syntheticWork(40)),
    { event: 'end', step: steps, elapsedSeconds: 51.7, peakMemoryBytes: 1.25 * 1024 * 1024 * 1024 },
  ];
}
