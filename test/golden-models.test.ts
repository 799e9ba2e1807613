import { adamStep } from '@convbook/core/reference';
import { assertClose } from '@convbook/core/testing';
import { loadKernelModule } from '@convbook/core/node';
import {
  conv2d,
  dense,
  flatten,
  maxPool2d,
  relu,
  resolveModel,
  type LayerSpec,
} from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { describe, expect, it } from 'vitest';
import { floats, goldenCases, type GoldenCase, type GoldenTensor } from './golden.ts';

const module = await loadKernelModule('plain');

/** A layer as the files write it, for example `["conv", out, kernel, stride, pad]`. */
function toLayer([kind, ...settings]: [string, ...number[]]): LayerSpec {
  const [first, second, stride, padding] = settings;
  switch (kind) {
    case 'conv':
      return conv2d({ filters: first, kernelSize: second, stride, padding });
    case 'maxpool':
      return maxPool2d({ size: first, stride: second });
    case 'dense':
      return dense({ units: first });
    case 'relu':
      return relu();
    case 'flatten':
      return flatten();
    default:
      throw new Error(`golden: expected a layer of the model files, got ${kind}`);
  }
}

interface Prepared {
  model: ReturnType<typeof resolveModel>;
  /** Our names and the file's, in the same order: `conv1.weight` and `conv1.w`. */
  names: [ours: string, theirs: string][];
  parameters: Map<string, Float32Array>;
}

function prepare({ attrs, inputs, params = {} }: GoldenCase): Prepared {
  const layers = (attrs.layers as [string, ...number[]][]).map(toLayer);
  const model = resolveModel({ input: inputs.x.shape.slice(1), layers });
  const theirs = Object.keys(params);
  const names = model.parameters.map(({ name }, i) => [name, theirs[i]] as [string, string]);
  return {
    model,
    names,
    parameters: new Map(names.map(([ours, their]) => [ours, floats(params[their])])),
  };
}

const files = ['model_m1.json', 'model_m2.json', 'model_m6.json'];
const cases = files.flatMap((file) =>
  goldenCases(file).map((golden) => [`${file}: ${golden.name}`, golden] as const),
);

describe.each(cases)('%s', (_, golden) => {
  const { inputs, params = {}, outputs, grads = {}, tolerance } = golden;
  const { model, names, parameters } = prepare(golden);
  const labels = inputs.labels.data;
  const batchSize = labels.length;
  const run = (values: Map<string, Float32Array>, shardSize: number) =>
    runModel({
      module,
      model,
      parameters: values,
      x: floats(inputs.x),
      labels,
      batchSize,
      shardSize,
    });

  it('has the parameters of the file, in its order and shapes', () => {
    expect(
      names.map(([ours]) => model.parameters.find(({ name }) => name === ours)?.shape),
    ).toEqual(Object.values(params).map(({ shape }) => shape));
  });

  it.each([4, 8])('logits, loss and every gradient equal PyTorch, shards of %i', (shardSize) => {
    const got = run(parameters, shardSize);
    const check = (values: ArrayLike<number>, want: GoldenTensor, what: string) =>
      assertClose(values, want.data, { shape: want.shape, ...tolerance }, what);
    check(got.y, outputs.logits as GoldenTensor, 'logits');
    assertClose([got.loss], [outputs.loss as number], tolerance, 'loss');
    for (const [ours, theirs] of names) {
      check(got.gradients.get(ours) ?? [], grads[theirs], theirs);
    }
  });

  it('the loss along 5 steps of Adam equals PyTorch', () => {
    const losses = outputs.loss_before_each_of_5_steps_and_after as unknown as Record<
      string,
      number[]
    >;
    const want = losses['adam lr=0.001'];
    // PyTorch's defaults, which README.md of test/golden does not state.
    const settings = {
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: 0,
      decoupled: false,
    };
    const values = new Map([...parameters].map(([name, value]) => [name, value.slice()]));
    const states = new Map(
      [...values].map(([name, { length }]) => {
        const [mean, square] = [new Float32Array(length), new Float32Array(length)];
        return [name, { mean, square, power1: 1, power2: 1 }] as const;
      }),
    );
    const got = want.map(() => {
      const { loss, gradients } = run(values, 4);
      for (const [name, value] of values) {
        const state = states.get(name);
        if (state) adamStep(value, gradients.get(name) ?? new Float32Array(), state, settings);
      }
      return loss;
    });
    // A step of Adam divides small gradients by their own size: their rounding shows a little more.
    assertClose(got, want, { rtol: 10 * tolerance.rtol, atol: 0 }, 'losses');
  });
});
