import { expect, it } from 'vitest';
import type { StepProfile } from '../profile-steps.ts';
import { cutBatch } from './cut-batch.ts';
import { projectStep } from './projection.ts';
import { partsOf } from './step-parts.ts';

const direction = (name: string, milliseconds: number) => ({
  layer: 'dense1',
  direction: name,
  milliseconds,
  flops: 0,
  kernels: [],
});

const phase = (
  name: 'prepare' | 'forward and backward' | 'sum over shards' | 'update',
  ms: number,
) => ({
  phase: name,
  running: ms,
  ending: 0.25,
  waiting: 0,
});

const profile: StepProfile = {
  model: 'tiny',
  workers: 1,
  batchSize: 100,
  shards: 8,
  millisecondsPerStep: 30,
  meanMilliseconds: 31,
  peakGigaflops: null,
  node: 'v24.21.0',
  whyNarrow: null,
  directions: [
    direction('forward', 8),
    direction('weight gradient', 9),
    direction('input gradient', 4),
    direction('sum', 1),
  ],
  phases: [
    [
      phase('prepare', 2),
      phase('forward and backward', 16),
      phase('sum over shards', 6),
      phase('update', 3.5),
    ],
  ],
};

it('a profile is taken apart by how its parts grow', () => {
  const close = (value: number) => expect.closeTo(value, 12) as number;
  expect(partsOf(profile, 104, 0.5)).toEqual({
    lane: close(16 / 104e3),
    // Five of thirteen milliseconds of gradients are made in the phase after the shards.
    backwardShare: close(8 / 16),
    wholeSample: close(5 / 100e3),
    parameters: close(6.5e-3),
    addition: close((3.5e-3 * 0.5 * 3) / 7),
    serial: close(3.5e-3),
  });
});

it('its parts make the step again', () => {
  const parts = partsOf(profile, 104, 1);
  const sizes = { wholeBytes: 0, wholeItems: [], shardedBytes: 0, rowBytes: [], sumBytes: [] };
  const network = { latency: 0, bandwidth: Infinity };
  const cluster = { ranks: 1, workers: 1, cores: 1, network };
  expect(projectStep({ parts, sizes }, cutBatch(100, 16), cluster).total).toBeCloseTo(31e-3, 12);
});
