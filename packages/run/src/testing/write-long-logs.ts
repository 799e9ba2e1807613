// Logs of a run that went on for very long, written as a stream: as many epochs and steps as wanted, from
// arithmetic instead of training.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { cos, exp, pow } from '@convbook/core';
import type { MetricsEvent, TimingEvent } from '../events/events.ts';
import { runFiles } from '../files/run-files.ts';

/** How long the logs of a made-up run are. */
export interface LongLogs {
  epochs: number;
  stepsPerEpoch: number;
}

/** Replaces the logs of a run directory, lines as long as the trainer's. */
export function writeLongLogs(directory: string, { epochs, stepsPerEpoch }: LongLogs): void {
  const steps = epochs * stepsPerEpoch;
  const metrics = createLineWriter<MetricsEvent>(join(directory, runFiles.metrics));
  const timing = createLineWriter<TimingEvent>(join(directory, runFiles.timing));
  metrics.write({ event: 'start', schema: 1, seed: 1, steps, stepsPerEpoch });
  timing.write({ event: 'start', schema: 1, at: '2025-11-22T09:53:07.412Z', workers: 2, step: 0 });
  for (let step = 1; step <= steps; step++) {
    const epoch = Math.ceil(step / stepsPerEpoch);
    metrics.write(stepAt(step, epoch, steps));
    if (step % stepsPerEpoch !== 0) continue;
    metrics.write(normsAt(step, epoch));
    metrics.write(epochAt(step, epoch, epochs));
    timing.write(workersAt(step, epoch));
    timing.write({
      event: 'epoch',
      epoch,
      step,
      trainSeconds: 0.25,
      evaluateSeconds: 0.125,
      imagesPerSecond: 10_000,
    });
  }
  timing.write({
    event: 'end',
    step: steps,
    elapsedSeconds: 51.7,
    peakMemoryBytes: 1024 * 1024 * 1024,
  });
  metrics.close();
  timing.close();
}

/** A loss that falls, with noise of irrational numbers, so that each has all its digits. */
function stepAt(step: number, epoch: number, steps: number): MetricsEvent {
  const noise = (step * Math.SQRT2) % 1;
  return {
    event: 'step',
    step,
    epoch,
    samples: 100,
    loss: 2.3 * exp((-5 * step) / steps) + 0.1 * noise,
    correct: 60 + Math.floor((39 * step) / steps),
    learningRate: 0.003 * cos((1.5 * step) / steps),
    gradientNorm: 1 + noise,
  };
}

function normsAt(step: number, epoch: number): MetricsEvent {
  const layers = ['conv1', 'dense1', 'dense2'].map((name, k) => ({
    name,
    gradientNorm: pow(3, -k) / Math.sqrt(step),
    weightNorm: 2 + Math.sqrt(step) / 1000,
    updateNorm: 0.004 * (k + 1),
  }));
  return { event: 'layers', step, epoch, layers };
}

/** The test loss is lowest after two thirds of the epochs, where the test accuracy is highest. */
function epochAt(step: number, epoch: number, epochs: number): MetricsEvent {
  const distance = Math.abs(epoch - bestEpochOf(epochs)) / epochs;
  return {
    event: 'epoch',
    epoch,
    step,
    trainLoss: 2.3 * exp((-5 * epoch) / epochs),
    trainAccuracy: 0.6 + (0.39 * epoch) / epochs,
    testLoss: 0.5 + distance,
    testAccuracy: 0.95 - 0.5 * distance,
    testSamples: 600,
  };
}

/** The epoch that is the best of a long run. */
export function bestEpochOf(epochs: number): number {
  return Math.max(1, Math.floor((2 * epochs) / 3));
}

function workersAt(step: number, epoch: number): TimingEvent {
  const phase = (name: string) => ({ phase: name, running: 0.1, ending: 0.001, waiting: 0.02 });
  const worker = ['forward and backward', 'sum over shards', 'update'].map(phase);
  return { event: 'workers', step, epoch, workers: [worker, worker] };
}

function createLineWriter<Event>(file: string) {
  const descriptor = openSync(file, 'w');
  let lines: string[] = [];
  const flush = () => {
    writeSync(descriptor, lines.join(''));
    lines = [];
  };
  return {
    write(event: Event) {
      lines.push(`${JSON.stringify(event)}\n`);
      if (lines.length >= 10_000) flush();
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}
