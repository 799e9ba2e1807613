import { assertClose, exp, loadKernelModule, softmaxCrossEntropyReference } from '@convbook/core';
import { flatten, resolveModel, runModel } from '@convbook/layers';
import { describe, expect, it } from 'vitest';
import { floats, goldenCases, type GoldenTensor } from './golden.ts';

const module = await loadKernelModule('plain');
// flatten alone: the logits are the input, and dX is the loss's own gradient.
const modelOf = (classes: number) => resolveModel({ input: [classes], layers: [flatten()] });

const cases = goldenCases('losses.json').filter(
  ({ attrs }) => attrs.loss === 'softmax_cross_entropy' && attrs.target === 'class index',
);

describe('softmax cross-entropy equals PyTorch', () => {
  it('has the cases of labels', () => expect(cases).toHaveLength(4));

  it.each(cases)('$name', ({ attrs, inputs, outputs, grads, tolerance }) => {
    const { data: logits, shape } = inputs.x;
    const [samples, classes] = shape;
    const labels = inputs.labels.data;
    // The golden gradient is that of the reduced loss: of a sum, or of a mean.
    const factor = attrs.reduction === 'sum' ? samples : 1;
    const scaled = (values: ArrayLike<number>, by: number) =>
      Array.from(values, (value) => value * by);
    const { dx } = grads as Record<string, GoldenTensor>;
    const check = (values: ArrayLike<number>, want: readonly number[], what: string) =>
      assertClose(values, want, tolerance, what);

    const model = modelOf(classes);
    const batch = { model, parameters: new Map(), x: floats(inputs.x), batchSize: samples };
    const kernel = runModel({ ...batch, labels, module });
    check([kernel.loss * factor], [outputs.loss as number], 'loss');
    const perSample = 1 / (samples / factor);
    check(scaled(kernel.dX, perSample), dx.data, 'dX');
    const best = kernel.correct;

    const x = { shape, data: Float64Array.from(logits) };
    const reference = softmaxCrossEntropyReference(x, labels);
    check([(reference.loss * factor) / samples], [outputs.loss as number], 'loss (reference)');
    check(scaled(reference.dX, perSample), dx.data, 'dX (reference)');
    expect(reference.correct).toBe(best);

    // dX = p − [label], p = exp(log p): the probabilities, read back from the kernel's gradient.
    const { probabilities, log_probabilities: logs } = outputs as Record<string, GoldenTensor>;
    const own = Array.from(kernel.dX, (value, i) =>
      labels[Math.floor(i / classes)] === i % classes ? value + 1 : value,
    );
    check(own, probabilities.data, 'probabilities');
    check(logs.data.map(exp), probabilities.data, 'exp of the logarithms');
    expect(best).toBe(countCorrect(probabilities, labels));
  });
});

/** Rows whose largest probability is at the label, ties to the lowest class. */
function countCorrect({ shape: [samples, classes], data }: GoldenTensor, labels: number[]): number {
  let correct = 0;
  for (let n = 0; n < samples; n++) {
    const row = data.slice(n * classes, (n + 1) * classes);
    if (row.indexOf(Math.max(...row)) === labels[n]) correct++;
  }
  return correct;
}
