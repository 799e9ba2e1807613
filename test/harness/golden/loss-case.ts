// Cases of a loss: its value and the gradient of x, of a mean or a sum, and for cross-entropy the
// probabilities.
import { flatten, resolveModel, type LossSpec } from '@convbook/layers';
import { lossKinds } from '@convbook/layers/kinds';
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
  rowsOf,
  type GoldenCase,
  type GoldenTensor,
  type Tolerance,
} from './golden-case.ts';

interface LossCase {
  readonly name: LossSpec['name'];
  /** Whether ours is a mean over the elements of a sample, or their sum. */
  readonly isMean: boolean;
}

const losses: Readonly<Record<string, LossCase>> = {
  softmax_cross_entropy: { name: 'softmax-cross-entropy', isMean: false },
  sigmoid_binary_cross_entropy: { name: 'binary-cross-entropy', isMean: true },
  mse: { name: 'mean-squared', isMean: true },
  l1: { name: 'mean-absolute', isMean: true },
  huber: { name: 'huber', isMean: true },
};

/** Whether a case is of a loss known here. */
export function isLossCase({ attrs }: GoldenCase): boolean {
  return Object.hasOwn(losses, String(attrs.loss));
}

export function checkLoss(golden: GoldenCase, module: WebAssembly.Module): void {
  const { attrs, inputs, outputs, tolerance } = golden;
  checkLossKeys(golden);
  const { name, isMean } = losses[attrs.loss as string];
  const batch = toBatch(golden, specOf(name, attrs));
  // Ours sums over samples, then divides by their number; dX is that of the sum.
  const size = isMean ? batch.model.output[0] : 1;
  const isPlain = inputs.labels !== undefined && !attrs.label_smoothing;
  const kernel = isPlain ? 'softmaxCrossEntropy' : 'softCrossEntropy';
  for (const shardSize of [4, batch.batchSize + 3]) {
    const got = runModel({ ...batch, module, shardSize });
    compare(golden, size, got, tolerance, 'kernels');
    checkCalled(got.kernels, [isMean ? 'elementLoss' : kernel]);
  }
  compare(golden, size, runReference(batch), referenceTolerance, 'reference');
  if (outputs.probabilities) checkProbabilities(golden, module);
}

const knownAttributes = ['loss', 'target', 'reduction', 'formula', 'delta', 'label_smoothing'];

function checkLossKeys(golden: GoldenCase): void {
  checkKeys('attrs', golden.attrs, knownAttributes);
  checkKeys('inputs', golden.inputs, ['x', 'labels', 'targets']);
  checkKeys('outputs', golden.outputs, ['loss', 'probabilities', 'log_probabilities']);
  checkKeys('grads', golden.grads ?? {}, ['dx']);
  checkSetting(golden, 'reduction', ['mean', 'mean over rows', 'sum']);
}

/** A batch of a model that is flatten alone: the logits are the input, and dX is the loss's own gradient. */
function toBatch({ inputs }: GoldenCase, loss: LossSpec) {
  const [batchSize, ...input] = inputs.x.shape;
  const wanted = inputs.labels
    ? { labels: inputs.labels.data }
    : { targets: floats(inputs.targets) };
  return {
    model: resolveModel({ input, layers: [flatten()] }),
    parameters: new Map<string, Float32Array>(),
    batchSize,
    x: floats(inputs.x),
    ...wanted,
    loss,
  };
}

/** Compares a mean over the batch, of `size` elements a sample, with the mean or sum of the case. */
function compare(
  { attrs, inputs, outputs, grads = {} }: GoldenCase,
  size: number,
  got: { loss: number; dX: ArrayLike<number> },
  limit: Tolerance,
  who: string,
): void {
  const [batchSize] = inputs.x.shape;
  const isSum = attrs.reduction === 'sum';
  const loss = isSum ? got.loss * batchSize * size : got.loss;
  checkNumber(loss, outputs.loss as number, limit, `loss (${who})`);
  const factor = isSum ? size : 1 / batchSize;
  const dX = Array.from(got.dX, (value) => value * factor);
  check(dX, grads.dx, limit, `dx (${who})`);
}

function specOf(name: LossSpec['name'], attrs: GoldenCase['attrs']): LossSpec {
  const { defaults } = lossKinds[name];
  if (defaults.name === 'huber') return { ...defaults, delta: (attrs.delta as number) ?? 1 };
  if (defaults.name !== 'softmax-cross-entropy') return defaults;
  return { ...defaults, labelSmoothing: (attrs.label_smoothing as number) ?? 0 };
}

// The loss of a sample with label c is −log p[c], and its gradient p − [c].
function checkProbabilities(
  { inputs, outputs, tolerance }: GoldenCase,
  module: WebAssembly.Module,
): void {
  const [, classes] = inputs.x.shape;
  const model = resolveModel({ input: [classes], layers: [flatten()] });
  const probabilities: number[] = [];
  const logarithms: number[] = [];
  const batch = { module, model, parameters: new Map<string, Float32Array>(), batchSize: 1 };
  for (const row of rowsOf(inputs.x)) {
    for (let c = 0; c < classes; c++) {
      const { loss, dX } = runModel({ ...batch, x: Float32Array.from(row), labels: [c] });
      logarithms.push(-loss);
      probabilities.push(dX[c] + 1);
    }
  }
  const wanted = outputs as Record<string, GoldenTensor>;
  check(probabilities, wanted.probabilities, tolerance, 'probabilities (kernels)');
  check(logarithms, wanted.log_probabilities, tolerance, 'log_probabilities (kernels)');
}
