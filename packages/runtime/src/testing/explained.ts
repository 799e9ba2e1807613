// A small network whose explanations are compared with the plain loops.
import { runReference } from '@convbook/layers/testing';
import type { ModelSpec } from '@convbook/layers';
import { forAnswers } from '../explain/input-gradient.ts';
import { toInput } from '../network.ts';
import { imagesOf, networkOf } from './networks.ts';

const spec: ModelSpec = {
  input: [2, 7, 9],
  layers: [
    { kind: 'conv2d', filters: 3, kernelSize: 3, padding: 1, stride: [1, 2] },
    { kind: 'batchNorm' },
    { kind: 'tanh' },
    {
      kind: 'residual',
      layers: [
        { kind: 'dropout' },
        { kind: 'conv2d', filters: 3, kernelSize: 3, padding: 1 },
        { kind: 'batchNorm' },
        { kind: 'tanh' },
      ],
    },
    { kind: 'avgPool2d', size: 2 },
    { kind: 'dropout' },
    { kind: 'flatten' },
    { kind: 'dense', units: 4 },
  ],
};
export const network = forAnswers(await networkOf(spec));
network.parameters.get('bn1.running_var')?.set([0.5, 2, 4]);
/** Values of one image. */
export const inputs = 2 * 7 * 9;
/** Three images. */
export const x = toInput([...imagesOf(3, spec.input).values()]);

/** The logits of a batch by the plain loops, in float64. */
export function logits(values: Float32Array): ArrayLike<number> {
  return runReference({ ...network, x: values, batchSize: values.length / inputs }).y;
}
