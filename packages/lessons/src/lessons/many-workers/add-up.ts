// Sums of arrays by the kernel that sums shards in training: pairs of neighbours, an odd one carried up.
import { createKernels, createMemory, toAddress } from '@convbook/core/kernels';

/** Adds arrays of one length as a tree, in their order, and divides by `divisor`. */
type AddUp = (arrays: readonly Float32Array[], divisor: number) => Float32Array;

const made = new WeakMap<WebAssembly.Module, AddUp>();

/** The kernel of a module, with a memory of its own. */
export function adderOf(module: WebAssembly.Module): AddUp {
  const adder = made.get(module) ?? createAdder(module);
  made.set(module, adder);
  return adder;
}

const vectorFloats = 4;
/** Bytes for the arrays; the start of the memory stays free. */
const room = 1 << 20;

function createAdder(module: WebAssembly.Module): AddUp {
  const memory = createMemory('plain', 2 * room);
  const kernels = createKernels(module, memory);
  return (arrays, divisor) => {
    const { length } = arrays[0];
    const vectors = Math.ceil(length / vectorFloats);
    const stride = vectors * vectorFloats;
    const floats = new Float32Array(memory.buffer, room, stride * arrays.length).fill(0);
    arrays.forEach((values, k) => floats.set(values, k * stride));
    kernels.sumShards(toAddress(room), stride * 4, arrays.length, vectors, divisor);
    return floats.slice(0, length);
  };
}

/** Adds each array to the sum of those before it. */
export function addInTurn(add: AddUp, arrays: readonly Float32Array[], divisor: number) {
  const sum = arrays.reduce((before, next) => add([before, next], 1));
  return add([sum], divisor);
}
