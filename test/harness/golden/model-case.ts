// Cases of a whole model: logits, loss, every gradient, and the loss along steps of optimizers.
import {
  avgPool2d,
  conv2d,
  dense,
  flatten,
  maxPool2d,
  relu,
  resolveModel,
  sigmoid,
  tanh,
  type LayerSpec,
} from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { runReference } from '@convbook/layers/testing';
import {
  check,
  checkCalled,
  checkKeys,
  checkNumber,
  checkSetting,
  floats,
  referenceTolerance,
  type GoldenCase,
  type GoldenTensor,
  type Tolerance,
} from './golden-case.ts';
import {
  createKernelStepper,
  createReferenceStepper,
  toOptimizer,
  type Stepper,
} from './optimizer-case.ts';

const trajectories = 'loss_before_each_of_5_steps_and_after';

export function isModelCase({ attrs }: GoldenCase): boolean {
  return Array.isArray(attrs.layers);
}

export function checkModel(golden: GoldenCase, module: WebAssembly.Module): void {
  checkModelKeys(golden);
  const prepared = prepare(golden);
  const { batch, parameters } = prepared;
  const called = new Set<string>();
  for (const shardSize of [4, batch.batchSize + 3]) {
    const got = runModel({ ...batch, module, parameters, shardSize });
    compare(golden, prepared, got, golden.tolerance, 'kernels');
    for (const name of got.kernels) called.add(name);
  }
  checkCalled(called, ['convolve', 'dense', 'softmaxCrossEntropy']);
  const reference = runReference({ ...batch, parameters });
  compare(golden, prepared, reference, referenceTolerance, 'reference');
  const losses = (golden.outputs[trajectories] ?? {}) as Record<string, number[]>;
  for (const [title, want] of Object.entries(losses)) {
    checkTrajectory(golden, prepared, module, title, want);
  }
}

const knownAttributes = [
  'model',
  'layout',
  'layers',
  'conv_weight_layout',
  'dense_weight_layout',
  'flatten',
  'loss',
];

function checkModelKeys(golden: GoldenCase): void {
  checkKeys('attrs', golden.attrs, knownAttributes);
  checkKeys('inputs', golden.inputs, ['x', 'labels']);
  checkKeys('outputs', golden.outputs, ['logits', 'loss', trajectories]);
  checkSetting(golden, 'layout', ['NCHW']);
  checkSetting(golden, 'loss', ['softmax cross-entropy, mean over the batch']);
}

/** A case as our model: its batch, its parameters under our names, and the case's name of each. */
function prepare({ attrs, inputs, params = {} }: GoldenCase) {
  const layers = (attrs.layers as [string, ...number[]][]).map(toLayer);
  const model = resolveModel({ input: inputs.x.shape.slice(1), layers });
  const theirs = Object.keys(params);
  const ours = model.parameters.map(({ name }) => name);
  if (ours.length !== theirs.length) {
    throw new Error(`params: expected ${ours.length}, got ${theirs.length}`);
  }
  const labels = inputs.labels.data;
  const batch = { model, x: floats(inputs.x), labels, batchSize: labels.length };
  const names = new Map(ours.map((name, i) => [name, theirs[i]]));
  const parameters = new Map(ours.map((name, i) => [name, floats(params[theirs[i]])]));
  return { batch, parameters, names };
}

type Prepared = ReturnType<typeof prepare>;

function compare(
  { outputs, grads = {} }: GoldenCase,
  { names }: Prepared,
  got: Result,
  limit: Tolerance,
  who: string,
): void {
  check(got.y, outputs.logits as GoldenTensor, limit, `logits (${who})`);
  checkNumber(got.loss, outputs.loss as number, limit, `loss (${who})`);
  for (const [ours, theirs] of names) {
    check(got.gradients.get(ours), grads[theirs], limit, `${theirs} (${who})`);
  }
}

/** The losses along the steps of an optimizer, whose name and settings are the title. */
function checkTrajectory(
  { tolerance }: GoldenCase,
  { batch, parameters }: Prepared,
  module: WebAssembly.Module,
  title: string,
  data: number[],
): void {
  const optimizer = toOptimizer(attrsOf(title));
  const want = { shape: [data.length], data };
  const kernels = lossesAlong(
    data.length,
    parameters,
    (values) => runModel({ ...batch, module, parameters: values }),
    (count) => createKernelStepper(optimizer, module, count, new Set()),
  );
  // A step divides small gradients by their own size: their rounding shows a little more.
  const limit = { rtol: 10 * tolerance.rtol, atol: tolerance.atol };
  check(kernels, want, limit, `${title} (kernels)`);
  const reference = lossesAlong(
    data.length,
    parameters,
    (values) => runReference({ ...batch, parameters: values }),
    (count) => createReferenceStepper(optimizer, count),
  );
  // Its parameters are rounded to float32 between the steps.
  check(reference, want, limit, `${title} (reference)`);
}

type Parameters = Map<string, Float32Array>;
type Result = Pick<ReturnType<typeof runReference>, 'y' | 'loss' | 'gradients'>;

/** The loss before each step, and after the last. */
function lossesAlong(
  count: number,
  start: Parameters,
  run: (values: Parameters) => Result,
  create: (count: number) => Stepper,
): number[] {
  const values = new Map([...start].map(([name, value]) => [name, value.slice()]));
  const steppers = new Map([...values].map(([name, { length }]) => [name, create(length)]));
  return Array.from({ length: count }, () => {
    const { loss, gradients } = run(values);
    for (const [name, value] of values) {
      steppers.get(name)?.(value, gradients.get(name) ?? new Float32Array());
    }
    return loss;
  });
}

/** `adam lr=0.001` as the attributes of an optimizer case. */
function attrsOf(title: string): Record<string, unknown> {
  const [optimizer, ...settings] = title.split(' ');
  const pairs = settings.map((setting) => setting.split('='));
  return { optimizer, ...Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) };
}

/** A layer as the files write it, for example `["conv", out, kernel, stride, pad]`. */
function toLayer([kind, ...settings]: [string, ...number[]]): LayerSpec {
  const [first, second, stride, padding] = settings;
  switch (kind) {
    case 'conv':
      return conv2d({ filters: first, kernelSize: second, stride, padding });
    case 'maxpool':
      return maxPool2d({ size: first, stride: second });
    case 'avgpool':
      return avgPool2d({ size: first, stride: second });
    case 'sigmoid':
      return sigmoid();
    case 'tanh':
      return tanh();
    case 'dense':
      return dense({ units: first });
    case 'relu':
      return relu();
    case 'flatten':
      return flatten();
    default:
      throw new Error(`attrs.layers: expected a layer of the model files, got ${kind}`);
  }
}
