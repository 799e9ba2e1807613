// The types are checked by tsc: each line below @ts-expect-error must not compile.
import { createKernels, createMemory, toAddress } from '@convbook/core/kernels';
import { loadKernelModule } from '@convbook/core/node';
import { expect, test } from 'vitest';
import { call } from './call.ts';
import { linkCalls, runCalls, type RegionBases } from '../plan/link.ts';
import type { Place } from './place.ts';

const place = (offset: number): Place => ({ region: 'arena', offset });
const [y, x] = [place(0), place(64)];
const sizes = { weights: place(128), outputs: 1, inputs: 1, laneBytes: 16, relu: 0 };

const module = await loadKernelModule('plain');
const base = toAddress(256);
const bases: RegionBases = {
  constants: base,
  parameters: base,
  gradients: base,
  batch: base,
  exchange: base,
  arena: base,
};

// Never called.
export function refused() {
  return [
    // @ts-expect-error the number of vectors is missing
    call('relu', { y, x }),
    // @ts-expect-error relu has no such parameter
    call('relu', { y, x, vectors: 2, channels: 3 }),
    // @ts-expect-error a number where a place belongs
    call('relu', { y, x: 64, vectors: 2 }),
    // @ts-expect-error a place and a number are swapped
    call('relu', { y, x: 2, vectors: x }),
    // @ts-expect-error only parameters that say so take no place
    call('relu', { y, x: null, vectors: 2 }),
    // @ts-expect-error none is null, not 0
    call('dense', { y, x, bias: 0, ...sizes }),
    // @ts-expect-error there is no such kernel
    call('reluu', { y, x, vectors: 2 }),
  ];
}

test('arguments are linked in the order of the parameters, places as addresses, none as 0', () => {
  const kernels = createKernels(module, createMemory('plain', 65536));
  const [linked] = linkCalls([call('dense', { ...sizes, bias: null, x, y })], kernels, bases);
  expect(linked).toEqual({ kernel: kernels.dense, values: [256, 320, 384, 0, 1, 1, 16, 0] });
});

test('a linked call does what the kernel does', () => {
  const memory = createMemory('plain', 65536);
  const floats = new Float32Array(memory.buffer);
  floats.set([1, -2, 3, -4], (256 + 64) / 4);
  const kernels = createKernels(module, memory);
  runCalls(linkCalls([call('relu', { vectors: 1, x, y })], kernels, bases));
  expect([...floats.subarray(64, 68)].map((value) => value + 0)).toEqual([1, 0, 3, 0]);
});
