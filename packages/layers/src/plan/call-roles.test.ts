import { kernelParameters, type KernelName } from '@convbook/core';
import { expect, test } from 'vitest';
import { withGradientRoles, withRoles } from './call-roles.ts';
import type { Call } from './call.ts';
import { oneRow } from './gradient-item.ts';
import type { Place } from './place.ts';

const at = (region: Place['region'], offset: number): Place => ({ region, offset });

// A call of which only the kernel and what it writes are known.
const callOf = (kernel: KernelName, output: Place | null = null): Call => ({
  kernel,
  values: { [kernelParameters[kernel][0]]: output },
});

// A layer whose input's gradient is bytes 64 to 192 of the arena.
const rolesOf = (backward: Call[], inputGradient: Place | null = at('arena', 64)) =>
  withRoles({ forward: [], backward }, 'conv1', inputGradient, 128).backward.map(
    ({ kernel, role }) => `${kernel}: ${role?.direction ?? 'none'}`,
  );

test('forward calls name the layer', () => {
  const { forward } = withRoles({ forward: [callOf('dense')], backward: [] }, 'dense1', null, 0);
  expect(forward).toEqual([
    { ...callOf('dense'), role: { layer: 'dense1', direction: 'forward' } },
  ]);
});

test('what is made of the weights once a step is part of the forward pass', () => {
  const calls = { forward: [], prepare: [callOf('winogradWeights')], backward: [] };
  const { prepare } = withRoles(calls, 'conv1', null, 0);
  expect(prepare).toEqual([
    { ...callOf('winogradWeights'), role: { layer: 'conv1', direction: 'forward' } },
  ]);
});

test('what a backward call writes gives its direction', () => {
  const weights = callOf('convolveWeightGradient', at('gradients', 0));
  const input = callOf('convolve', at('arena', 128));
  expect(rolesOf([weights, input])).toEqual([
    'convolveWeightGradient: weight gradient',
    'convolve: input gradient',
  ]);
});

test('what prepares belongs to the next call with a direction, at the end to the last', () => {
  const calls = [
    callOf('reluGradient', at('arena', 512)),
    callOf('convolveWeightGradient', at('gradients', 0)),
    callOf('clear', at('arena', 192)),
    callOf('convolve', at('arena', 64)),
    callOf('copyPlanes', at('arena', 1024)),
  ];
  expect(rolesOf(calls)).toEqual([
    'reluGradient: weight gradient',
    'convolveWeightGradient: weight gradient',
    'clear: input gradient',
    'convolve: input gradient',
    'copyPlanes: input gradient',
  ]);
});

test('a call may say its direction itself', () => {
  const kept: Call = {
    ...callOf('copyPlanes', at('batch', 0)),
    role: { layer: 'conv1', direction: 'weight gradient' },
  };
  const calls = [
    callOf('reluGradient', at('arena', 512)),
    kept,
    callOf('convolve', at('arena', 64)),
  ];
  expect(rolesOf(calls)).toEqual([
    'reluGradient: weight gradient',
    'copyPlanes: weight gradient',
    'convolve: input gradient',
  ]);
});

test('what ends a gradient is a sum, but a dense layer makes it there', () => {
  const calls = [callOf('denseWeightGradient'), callOf('penalize'), callOf('sumSquares')];
  const gradient = oneRow(at('gradients', 0), 8);
  const item = withGradientRoles({ parameter: 'dense2.weight', gradient, calls });
  expect(item.calls.map(({ role }) => role)).toEqual([
    { layer: 'dense2', direction: 'weight gradient' },
    { layer: 'dense2', direction: 'sum' },
    { layer: 'dense2', direction: 'sum' },
  ]);
});
