// Checked by tsc: each line below @ts-expect-error must not compile.
import { expect, test } from 'vitest';
import type { Address } from './address.ts';
import type { Kernels } from './kernel-signatures.ts';
import type { KernelName } from './kernels.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

// Never called.
export function refused(kernels: Kernels, y: Address, x: Address) {
  // @ts-expect-error the number of vectors is missing
  kernels.relu(y, x);
  // @ts-expect-error a number where an address belongs
  kernels.relu(y, 64, 2);
  // @ts-expect-error an address and a number are swapped
  kernels.relu(y, 2, x);
  // @ts-expect-error one argument too many
  kernels.relu(y, x, 2, 1);
  // @ts-expect-error only kernels that say so take no address
  kernels.relu(y, 0, 2);
  // @ts-expect-error any number is no address, not even for a kernel that takes none
  kernels.dense(y, x, x, 64, 1, 1, 16, 0);
  // @ts-expect-error there is no such kernel
  const name: KernelName = 'reluu';
  // @ts-expect-error arithmetic does not give addresses
  const next: Address = y + 16;
  return { name, next };
}

test('what does compile runs: none is 0 where a kernel takes it', async () => {
  const { kernels, put, floats } = await createKernelBench('plain');
  const [y, x] = [put(new Float32Array(4)), put(Float32Array.of(1, 2, 3, 4))];
  kernels.dense(y, x, put(Float32Array.of(2)), 0, 1, 1, 16, 0);
  expect([...floats(y, 4)]).toEqual([2, 4, 6, 8]);
});
