// One convolution, one ReLU, one pooling, one dense layer and softmax with cross-entropy, forwards and backwards.
import { conv2d, dense, flatten, maxPool2d, relu, resolveModel } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { softmax } from '@convbook/runtime/network';
import type { Compute } from '../../figure/compute.ts';

/** The numbers that a reader may change, row by row. */
export interface Numbers {
  /** `[1, 4, 4]`. */
  readonly input: readonly number[];
  /** `[1, 1, 2, 2]`. */
  readonly filter: readonly number[];
  readonly filterBias: readonly number[];
  /** `[2, 4]`. */
  readonly weights: readonly number[];
  readonly biases: readonly number[];
}

/** A name of a number that a reader may change. */
export type Leaf = keyof Numbers;

/** A grid of the figure. */
export type Part = Leaf | 'map' | 'activation' | 'pooled' | 'scores';

/** Numbers of a part, with the gradient of the loss for each. */
interface Side {
  readonly columns: number;
  readonly values: readonly number[];
  readonly gradient: readonly number[];
}

/** All numbers of a step forwards and backwards. */
export interface Pass {
  readonly parts: Readonly<Record<Part, Side>>;
  readonly probabilities: readonly number[];
  readonly loss: number;
}

export const side = 4;
export const classes = 2;
/** Rows of the feature map, and of what is pooled from it. */
export const [mapSide, pooledSide] = [3, 2];

export const startNumbers: Numbers = {
  input: [0, 1, 2, 0, 1, 3, 0, 1, 0, 2, 1, 1, 2, 0, 2, 0],
  filter: [1, 0, -1, 1],
  filterBias: [-1],
  weights: [0.5, -0.5, 0.2, 0.1, -0.3, 0.4, 0.1, 0.3],
  biases: [0, 0],
};

/** The layers one after another, with the shape that each takes. */
const stages = [
  { input: [1, side, side], layer: conv2d({ filters: 1, kernelSize: 2 }) },
  { input: [1, mapSide, mapSide], layer: relu() },
  { input: [1, mapSide, mapSide], layer: maxPool2d({ size: 2, stride: 1 }) },
  { input: [1, pooledSide, pooledSide], layer: flatten() },
  { input: [pooledSide ** 2], layer: dense({ units: classes }) },
] as const;

/** The parameters by the names that the layers give them. */
const parametersOf = ({ filter, filterBias, weights, biases }: Numbers) => ({
  'conv1.weight': filter,
  'conv1.bias': filterBias,
  'dense1.weight': weights,
  'dense1.bias': biases,
});

/** What the layers from one to another make of a batch. */
export function runStages(
  compute: Compute,
  numbers: Numbers,
  x: readonly number[],
  from: number,
  to: number = stages.length,
): readonly number[] {
  if (from === to) return x;
  const layers = stages.slice(from, to).map(({ layer }) => layer);
  return compute.run(stages[from].input, layers, x, parametersOf(numbers)).values;
}

/** Every number forwards, and the gradient of the loss for every one. */
export function passOf(compute: Compute, numbers: Numbers, label: number): Pass {
  const map = runStages(compute, numbers, numbers.input, 0, 1);
  const activation = runStages(compute, numbers, map, 1, 2);
  const pooled = runStages(compute, numbers, activation, 2, 3);
  const scores = runStages(compute, numbers, pooled, 3);
  const from = (at: number, x: readonly number[]) => backwards(compute, numbers, label, at, x);
  const whole = from(0, numbers.input);
  const named = (name: string) => [...(whole.gradients.get(name) ?? [])];
  const inner = (columns: number, values: readonly number[], at: number) => ({
    columns,
    values,
    gradient: from(at, values).dX,
  });
  return {
    parts: {
      input: { columns: side, values: numbers.input, gradient: whole.dX },
      filter: { columns: 2, values: numbers.filter, gradient: named('conv1.weight') },
      filterBias: { columns: 1, values: numbers.filterBias, gradient: named('conv1.bias') },
      map: inner(mapSide, map, 1),
      activation: inner(mapSide, activation, 2),
      pooled: inner(pooledSide, pooled, 3),
      weights: {
        columns: pooledSide ** 2,
        values: numbers.weights,
        gradient: named('dense1.weight'),
      },
      biases: { columns: 1, values: numbers.biases, gradient: named('dense1.bias') },
      scores: inner(1, scores, stages.length),
    },
    probabilities: softmax(scores),
    loss: whole.loss,
  };
}

/** The loss of what the layers from one on make of some values, and its gradients. */
function backwards(
  { module }: Compute,
  numbers: Numbers,
  label: number,
  from: number,
  x: readonly number[],
) {
  const rest = stages.slice(from);
  const model = resolveModel(
    rest.length === 0
      ? { input: [classes], layers: [flatten()] }
      : { input: [...rest[0].input], layers: rest.map(({ layer }) => layer) },
  );
  const own = new Map<string, readonly number[]>(Object.entries(parametersOf(numbers)));
  const parameters = new Map(
    model.parameters.map(({ name }) => [name, Float32Array.from(own.get(name) ?? [])]),
  );
  const { loss, dX, gradients } = runModel({
    module,
    model,
    parameters,
    x: Float32Array.from(x),
    batchSize: 1,
    labels: [label],
  });
  return { loss, dX: [...dX], gradients };
}
