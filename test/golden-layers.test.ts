import { assertClose } from '@convbook/core/testing';
import { loadKernelModule } from '@convbook/core/node';
import {
  avgPool2d,
  conv2d,
  dense,
  localResponseNorm,
  maxPool2d,
  minPool2d,
  resolveModel,
  type LayerSpec,
} from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { describe, expect, it } from 'vitest';
import { floats, goldenCases, type GoldenCase, type GoldenTensor } from './golden.ts';

const module = await loadKernelModule('plain');

type Two = [number, number];

function conv2dOf({ attrs }: GoldenCase): LayerSpec {
  return conv2d({
    filters: attrs.out_channels as number,
    kernelSize: attrs.kernel as Two,
    stride: attrs.stride as Two,
    padding: attrs.pad as Two,
  });
}

function poolOf({ attrs }: GoldenCase): LayerSpec {
  const settings = {
    size: attrs.size as Two,
    stride: attrs.stride as Two,
    padding: attrs.pad as Two,
  };
  if (attrs.kind === 'max') return maxPool2d(settings);
  if (attrs.kind === 'min') return minPool2d(settings);
  return avgPool2d({ ...settings, countPadding: attrs.count_include_pad as boolean });
}

function localResponseNormOf({ attrs }: GoldenCase): LayerSpec {
  const { size, alpha, beta, k } = attrs as Record<string, number>;
  const divideAlpha = attrs.alpha_divided_by_size as boolean;
  return localResponseNorm({ size, alpha, beta, k, divideAlpha });
}

function denseOf({ inputs }: GoldenCase): LayerSpec {
  return dense({ units: inputs.w.shape[0] });
}

const rows = [
  {
    file: 'conv2d.json',
    toSpec: conv2dOf,
    prefix: 'conv1',
    kernels: ['convolve', 'convolveWeightGradient', 'biasGradient'],
  },
  {
    file: 'pool2d.json',
    toSpec: poolOf,
    prefix: 'pool1',
    kernels: [],
  },
  {
    file: 'lrn.json',
    toSpec: localResponseNormOf,
    prefix: 'norm1',
    kernels: ['localResponseNorm', 'localResponseNormGradient'],
  },
  {
    file: 'dense.json',
    toSpec: denseOf,
    prefix: 'dense1',
    kernels: ['dense', 'denseInputGradient', 'denseWeightGradient', 'wholeBiasGradient'],
  },
];

describe.each(rows)('$file: kernels equal PyTorch', ({ file, toSpec, prefix, kernels }) => {
  const cases = goldenCases(file);
  it.each(cases)('$name', (golden) => {
    const { inputs, outputs, grads, tolerance } = golden;
    const [batchSize, ...input] = inputs.x.shape;
    const model = resolveModel({ input, layers: [toSpec(golden)] });
    const parameters = new Map<string, Float32Array>();
    if (inputs.w) parameters.set(`${prefix}.weight`, floats(inputs.w));
    if (inputs.b) parameters.set(`${prefix}.bias`, floats(inputs.b));
    const got = runModel({
      module,
      model,
      parameters,
      batchSize,
      x: floats(inputs.x),
      dY: floats(inputs.dy),
    });
    const check = (values: ArrayLike<number>, want: GoldenTensor, what: string) =>
      assertClose(values, want.data, { shape: want.shape, ...tolerance }, what);
    const gradients = grads as Record<string, GoldenTensor>;
    check(got.y, outputs.y as GoldenTensor, 'y');
    check(got.dX, gradients.dx, 'dx');
    if (inputs.w) check(got.gradients.get(`${prefix}.weight`) as Float32Array, gradients.dw, 'dw');
    if (inputs.b) check(got.gradients.get(`${prefix}.bias`) as Float32Array, gradients.db, 'db');
    const pooling = { max: 'maxPool', min: 'minPool', avg: 'avgPool' }[String(golden.attrs.kind)];
    expect([...got.kernels]).toEqual(
      expect.arrayContaining([...kernels, ...(pooling ? [pooling] : [])]),
    );
  });
});
