import type { TimingEvent } from '@convbook/run';
import { expect, test } from 'vitest';
import { layerTimes } from './layer-times.ts';

const profile = (steps: number, ...parts: [string, string, number][]): TimingEvent => ({
  event: 'profile',
  step: 9,
  epoch: 1,
  steps,
  parts: parts.map(([layer, direction, milliseconds]) => ({ layer, direction, milliseconds })),
});

test('layerTimes are means over the timed steps of all epochs, forward and backward', () => {
  const events = [
    profile(1, ['conv1', 'forward', 4], ['conv1', 'weight gradient', 2], ['loss', 'forward', 1]),
    profile(3, ['conv1', 'forward', 8], ['conv1', 'sum', 6], ['loss', 'forward', 3]),
  ];
  expect(layerTimes(events)).toEqual({
    steps: 4,
    layers: [
      { layer: 'conv1', forward: 3, backward: 2 },
      { layer: 'loss', forward: 1, backward: 0 },
    ],
  });
  expect(layerTimes([])).toBeNull();
});
