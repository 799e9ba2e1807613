import type { Address, Kernels } from '@convbook/core/kernels';
import type { Optimizer } from '@convbook/run/settings';
import type { UpdateRange } from './optimizer-kind.ts';
import { optimizerKinds } from './registry.ts';

/** A step of one whole weight. */
export interface WeightUpdate {
  readonly optimizer: Optimizer;
  readonly scalars: Float64Array;
  readonly learningRate: number;
  readonly range: UpdateRange;
  /** Eight bytes that the step may write to, and the memory they are in. */
  readonly scratch: Address;
  readonly memory: WebAssembly.Memory;
}

/** Updates a weight with the trust ratio of its optimizer, where that has one. */
export function updateWeight(
  kernels: Kernels,
  { optimizer, scalars, learningRate, range, scratch, memory }: WeightUpdate,
): void {
  const { advance, trust, update } = optimizerKinds[optimizer.name];
  advance(optimizer, scalars);
  trust?.direct(kernels, optimizer, scalars, range);
  const normOf = (values: Address) => {
    kernels.sumSquares(scratch, values, 0, 1, range.vectors * 4);
    return Math.sqrt(new DataView(memory.buffer).getFloat64(scratch, true));
  };
  const ratio = trust?.ratio(optimizer, normOf(range.parameters), normOf(range.gradients)) ?? 1;
  update(kernels, optimizer, scalars, learningRate * ratio, range);
}
