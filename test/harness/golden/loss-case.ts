// Cases of a loss: its value and the gradient of x, of a mean or a sum, and for cross-entropy the
// probabilities.
import { flatten, lossKinds, resolveModel, runModel, runReference } from '@convbook/layers';
import type { LossSpec } from '@convbook/layers';
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
  const { attrs, inputs, outputs, grads = {}, tolerance } = golden;
  checkKeys('attrs', attrs, [
    ...['loss', 'target', 'reduction', 'formula', 'delta', 'label_smoothing'],
  ]);
  checkKeys('inputs', inputs, ['x', 'labels', 'targets']);
  checkKeys('outputs', outputs, ['loss', 'probabilities', 'log_probabilities']);
  checkKeys('grads', grads, ['dx']);
  checkSetting(golden, 'reduction', ['mean', 'mean over rows', 'sum']);
  const { name, isMean } = losses[attrs.loss as string];
  const [batchSize, ...input] = inputs.x.shape;
  // flatten alone: the logits are the input, and dX is the loss's own gradient.
  const model = resolveModel({ input, layers: [flatten()] });
  const batch = {
    ...{ model, parameters: new Map<string, Float32Array>(), batchSize, x: floats(inputs.x) },
    ...(inputs.labels ? { labels: inputs.labels.data } : { targets: floats(inputs.targets) }),
    loss: specOf(name, attrs),
  };
  // Ours sums over samples, then divides by their number; dX is that of the sum.
  const size = isMean ? model.output[0] : 1;
  const isSum = attrs.reduction === 'sum';
  const compare = (got: { loss: number; dX: ArrayLike<number> }, limit: Tolerance, who: string) => {
    const loss = isSum ? got.loss * batchSize * size : got.loss;
    checkNumber(loss, outputs.loss as number, limit, `loss (${who})`);
    const factor = isSum ? size : 1 / batchSize;
    const dX = Array.from(got.dX, (value) => value * factor);
    check(dX, grads.dx, limit, `dx (${who})`);
  };
  for (const shardSize of [4, batchSize + 3]) {
    const got = runModel({ ...batch, module, shardSize });
    compare(got, tolerance, 'kernels');
    const isPlain = inputs.labels !== undefined && !attrs.label_smoothing;
    const kernel = isPlain ? 'softmaxCrossEntropy' : 'softCrossEntropy';
    checkCalled(got.kernels, [isMean ? 'elementLoss' : kernel]);
  }
  compare(runReference(batch), referenceTolerance, 'reference');
  if (outputs.probabilities) checkProbabilities(golden, module);
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
  for (const row of rowsOf(inputs.x))
    for (let c = 0; c < classes; c++) {
      const x = Float32Array.from(row);
      const labels = [c];
      const { loss, dX } = runModel({
        ...{ module, model, parameters: new Map<string, Float32Array>() },
        ...{ x, labels, batchSize: 1 },
      });
      logarithms.push(-loss);
      probabilities.push(dX[c] + 1);
    }
  const wanted = outputs as Record<string, GoldenTensor>;
  check(probabilities, wanted.probabilities, tolerance, 'probabilities (kernels)');
  check(logarithms, wanted.log_probabilities, tolerance, 'log_probabilities (kernels)');
}
