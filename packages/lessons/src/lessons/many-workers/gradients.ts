// The gradients of one step of a small network, shard by shard, by the kernels that train.
import {
  conv2d,
  globalAvgPool2d,
  initializeParameters,
  relu,
  resolveModel,
} from '@convbook/layers';
import { cutIntoShards, runModel, type Shard } from '@convbook/layers/plan';
import type { Compute } from '../../figure/compute.ts';
import { digitSide, digitValues, readDigits } from '../../data/digits.ts';

/** Every gradient of it is summed over shards. */
const model = resolveModel({
  input: [1, digitSide, digitSide],
  layers: [
    conv2d({ filters: 8, kernelSize: 3, stride: 2 }),
    relu(),
    conv2d({ filters: 10, kernelSize: 3, stride: 2 }),
    globalAvgPool2d(),
  ],
});

const parameters = initializeParameters(model, 1);

/** Images of a shard at most. */
const shardSize = 4;

/** Images and labels of a part of the batch, its classes mixed. */
function partOf(compute: Compute, { first, count }: Pick<Shard, 'first' | 'count'>) {
  const digits = readDigits(compute.data('some-digits'));
  const classes = 10;
  const indexes = Array.from({ length: count }, (_, n) => {
    const each = digits.count / classes;
    return ((first + n) % classes) * each + Math.floor((first + n) / classes);
  });
  return {
    x: Float32Array.from(indexes.flatMap((index) => digitValues(digits, index))),
    labels: indexes.map((index) => digits.labels[index]),
  };
}

/** How the batch is cut, by the rule of the trainer. */
export const shardsOf = (compute: Compute) => cutIntoShards(batchSizeOf(compute), shardSize);

const batchSizeOf = (compute: Compute) => readDigits(compute.data('some-digits')).count;

/** The gradient of the batch as a step of training computes it: every parameter, one after the other. */
export function stepGradient(compute: Compute): Float32Array {
  const batchSize = batchSizeOf(compute);
  return join(
    runModel({
      module: compute.module,
      model,
      parameters,
      batchSize,
      shardSize,
      ...partOf(compute, { first: 0, count: batchSize }),
    }).gradients,
  );
}

const known = new WeakMap<Compute, Map<number, Float32Array>>();

/** The sum of the gradients over one shard's images, computed once. */
export function shardGradient(compute: Compute, index: number): Float32Array {
  const found = known.get(compute) ?? new Map<number, Float32Array>();
  known.set(compute, found);
  const gradient = found.get(index) ?? computeShard(compute, index);
  found.set(index, gradient);
  return gradient;
}

function computeShard(compute: Compute, index: number): Float32Array {
  const shard = shardsOf(compute)[index];
  const { count } = shard;
  const { gradients } = runModel({
    module: compute.module,
    model,
    parameters,
    batchSize: count,
    ...partOf(compute, shard),
  });
  // The mean over 4 or 2 images: multiplying by a power of two is exact.
  return join(gradients).map((value) => value * count);
}

function join(gradients: ReadonlyMap<string, Float32Array>): Float32Array {
  return Float32Array.from([...gradients.values()].flatMap((values) => [...values]));
}
