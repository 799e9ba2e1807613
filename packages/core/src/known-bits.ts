// A small computation by the kernels that have wide tiles, of which every bit is known.
import { toAddress, type Address } from './address.ts';
import type { Kernels } from './kernel-signatures.ts';
import { createKernels, createMemory } from './kernels.ts';
import { sigmoidConstants } from './sigmoid-constants.ts';

/** The value of `hashOfKernels` on every machine, wide or narrow. */
export const knownBits = 3556923293;

/** Where the sigmoid's constants lie. */
const constants = toAddress(512);
const regionBytes = 8192;
const regions = 17;

/** A hash of the values that the kernels of a build for shared memory compute from fixed numbers. */
export function hashOfKernels(module: WebAssembly.Module): number {
  const memory = createMemory('shared', (regions + 1) * regionBytes);
  fill(new Float32Array(memory.buffer, regionBytes));
  new Float32Array(memory.buffer, constants).set(sigmoidConstants);
  compute(createKernels(module, memory), ...writePrograms(memory));
  return hashOf(new Uint32Array(memory.buffer, 0, (regions * regionBytes) / 4));
}

/** Numbers from −0.5 to 0.5 without a pattern. */
function fill(floats: Float32Array): void {
  for (let i = 0; i < floats.length; i++) {
    floats[i] = (Math.imul(i + 1, 0x9e3779b1) >>> 8) / 0x1000000 - 0.5;
  }
}

/** A window program of one run of eight vectors and four taps, and one of `combine` for two positions. */
function writePrograms(memory: WebAssembly.Memory): [program: Address, sources: Address] {
  const run = [1, 0, 0, 8, 24, 4];
  const taps = [0, 0, 128, 4, 256, 8, 384, 12];
  new Int32Array(memory.buffer, 64).set([...run, ...taps]);
  // A position and the places of its window, and what `combine` adds up for two positions.
  new Int32Array(memory.buffer, 128).set([0, 0, 0, 0, 0, 16, 32, 48]);
  const sources = [0, 448, 0, 448, 224, 448, 672, 448, 224, 448, 224, 448, 448, 448, 0, 448];
  new Int32Array(memory.buffer, 256).set([1, 2, 2, 1, ...sources]);
  return [toAddress(64), toAddress(256)];
}

function compute(kernels: Kernels, program: Address, sources: Address): void {
  // Scratch comes last: what wide and narrow kernels leave there differs.
  const at = Array.from({ length: regions }, (_, i) => toAddress((regions - i) * regionBytes));
  const [scratch, y, x, weights, bias, dX, dWeights, ...rest] = at;
  const taps = toAddress(program + 24);
  kernels.convolve(y, 128, x, 512, weights, 64, 16, bias, 7, 4, program, 0);
  kernels.convolveWeightGradient(dWeights, 64, 4, y, 128, x, taps, 6, 8, program, 3, scratch);
  kernels.dense(y, x, weights, bias, 7, 9, 128, 1);
  kernels.denseInputGradient(dX, y, weights, 7, 9, 128);
  kernels.denseWeightGradient(toAddress(dWeights + 1024), y, x, 128, 7, 9, 0, 9, 3, scratch);
  kernels.sigmoid(toAddress(dX + 4096), x, 9, constants);
  kernels.combine(toAddress(dX + 2048), x, sources, 3, 224, bias, 0);
  computeTiles(kernels, x, rest.slice(0, 4), scratch);
  computePooled(kernels, program, rest.slice(4));
}

/** Maps of 4 × 4 and eight samples by Winograd. */
function computeTiles(
  kernels: Kernels,
  x: Address,
  [V, M, W, out]: Address[],
  scratch: Address,
): void {
  kernels.winogradInput(V, 96, x, 512, 3, 4, 4, 32, 1, 1, 4, 0, 1, 1, scratch);
  kernels.winogradOutput(out, 512, V, 96, 0, 3, 4, 4, 32, 4, 0, 1, 1, 1, scratch);
  kernels.winogradOutput(M, 128, V, 96, x, 3, 2, 2, 32, 2, 0, 1, 1, 0, scratch);
  kernels.winogradGradient(W, 96, out, 512, 3, 4, 4, 32, scratch);
}

/** Gradients of four filters that are pooled to one position, of 32 samples. */
function computePooled(kernels: Kernels, program: Address, at: Address[]): void {
  const [dY, x, weights, dWeights, dX, list] = at;
  const [index, dBias] = [toAddress(list + 4096), toAddress(list + 6144)];
  const [positions, places] = [toAddress(program + 64), toAddress(program + 80)];
  const [rows, rowBytes, tile, filters, lanes] = [2, 224, 7, 4, 128];
  kernels.maxPool(dY, lanes, index, x, 512, filters, program, 1);
  kernels.pooledWeightGradient(
    dWeights,
    rows,
    rowBytes,
    tile,
    dBias,
    dY,
    lanes,
    index,
    x,
    64,
    128,
    positions,
    places,
    4,
    list,
    filters,
    1,
    lanes,
  );
  kernels.pooledInputGradient(
    dX,
    192,
    32,
    weights,
    rows,
    rowBytes,
    tile,
    dY,
    lanes,
    index,
    positions,
    places,
    4,
    list,
    filters,
    1,
    lanes,
  );
  kernels.sparseInputGradient(dX, dY, weights, filters, 49, lanes, list);
  kernels.clear(list, regionBytes);
  kernels.adam(
    weights,
    dWeights,
    list,
    toAddress(list + 4096),
    33,
    0.1,
    1,
    0.9,
    0.1,
    0.99,
    0.01,
    1e-8,
    1,
    0.1,
  );
}

/** FNV-1a, by words. */
function hashOf(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  return hash;
}
