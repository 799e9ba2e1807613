// Cases of one layer: output, and the gradients of Σ y·dy, in shards and as one.
import {
  avgPool2d,
  batchNorm,
  conv2d,
  dense,
  elu,
  gelu,
  leakyRelu,
  localResponseNorm,
  maxPool2d,
  minPool2d,
  relu,
  resolveModel,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
  toCheckedModel,
  type LayerSpec,
} from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { runReference } from '@convbook/layers/testing';
import {
  check,
  checkCalled,
  checkKeys,
  checkSetting,
  floats,
  referenceTolerance,
  type GoldenCase,
  type GoldenCheck,
  type GoldenTensor,
  type Tolerance,
} from './golden-case.ts';

interface LayerCase {
  /** Settings the case may have. */
  readonly attrs: readonly string[];
  toSpec(golden: GoldenCase): LayerSpec;
  /** All of them are called; of a list one, as the shape decides. */
  readonly kernels: Parameters<typeof checkCalled>[1];
}

type Two = [number, number];

const window = ['kernel', 'size', 'stride', 'pad', 'rounding', 'layout'];

const conv: LayerCase = {
  attrs: [...window, 'in_channels', 'out_channels', 'weight_layout', 'dilation', 'groups'],
  toSpec(golden) {
    const { attrs } = golden;
    checkSetting(golden, 'rounding', ['floor']);
    checkSetting(golden, 'weight_layout', ['[out, in, kh, kw]']);
    return conv2d({
      filters: attrs.out_channels as number,
      kernelSize: attrs.kernel as Two,
      stride: attrs.stride as Two,
      padding: attrs.pad as Two,
      ...(attrs.dilation === undefined ? {} : { dilation: attrs.dilation as Two }),
      ...(attrs.groups === undefined ? {} : { groups: attrs.groups as number }),
      bias: golden.inputs.b !== undefined,
    });
  },
  kernels: [
    ['convolve', 'winogradOutput', 'combine'],
    ['convolveWeightGradient', 'winogradWeightGradient', 'bilinearWeightGradient'],
  ],
};

function pool(...kernels: readonly string[]): LayerCase {
  return {
    attrs: [...window, 'kind', 'pad_value', 'ties', 'count_include_pad'],
    toSpec(golden) {
      const { kind, size, stride, pad: padding, rounding } = golden.attrs;
      checkSetting(golden, 'ties', ['first in row-major order']);
      checkSetting(golden, 'pad_value', [{ avg: '0', max: '-inf', min: '+inf' }[String(kind)]]);
      checkSetting(golden, 'rounding', ['floor', 'ceil']);
      const settings = {
        size: size as Two,
        stride: stride as Two,
        padding: padding as Two,
        rounding: rounding as 'floor' | 'ceil',
      };
      if (kind === 'max') return maxPool2d(settings);
      if (kind === 'min') return minPool2d(settings);
      const countPadding = golden.attrs.count_include_pad as boolean;
      return avgPool2d({ ...settings, countPadding });
    },
    kernels: kernels,
  };
}

const denseCase: LayerCase = {
  attrs: ['weight_layout', 'formula', 'in_features', 'out_features'],
  toSpec(golden) {
    checkSetting(golden, 'weight_layout', ['[out, in]']);
    return dense({ units: golden.inputs.w.shape[0] });
  },
  kernels: ['dense', 'denseInputGradient', 'denseWeightGradient'],
};

const lrn: LayerCase = {
  attrs: ['layout', 'size', 'alpha', 'beta', 'k', 'alpha_divided_by_size', 'formula'],
  toSpec({ attrs }) {
    const { size, alpha, beta, k } = attrs as Record<string, number>;
    const divideAlpha = attrs.alpha_divided_by_size as boolean;
    return localResponseNorm({ size, alpha, beta, k, divideAlpha });
  },
  kernels: ['localResponseNorm', 'localResponseNormGradient'],
};

const norm: LayerCase = {
  attrs: ['layout', 'channel_axis', 'eps', 'momentum', 'training', 'formula'],
  toSpec(golden) {
    checkSetting(golden, 'channel_axis', [1]);
    checkSetting(golden, 'training', [true, false]);
    const { eps: epsilon, momentum, training } = golden.attrs;
    return batchNorm({
      epsilon: epsilon as number,
      momentum: momentum as number,
      frozen: training === false,
    });
  },
  kernels: ['batchNorm', 'batchNormGradientSums', 'batchNormGradient'],
};

const activations: Readonly<Record<string, (attrs: Record<string, number>) => LayerSpec>> = {
  relu: () => relu(),
  sigmoid: () => sigmoid(),
  tanh: () => tanh(),
  softplus: () => softplus(),
  leaky_relu: ({ slope }) => leakyRelu({ slope }),
  elu: ({ alpha }) => elu({ alpha }),
  gelu: () => gelu(),
  silu: () => silu(),
  softmax: () => softmax(),
  // No layer of its own: a leaky ReLU of slope 1 passes every number through the kernel.
  identity: () => leakyRelu({ slope: 1 }),
};

function activation(name: string): LayerCase {
  const hasOwnKernel = ['relu', 'softmax', 'sigmoid'].includes(name);
  return {
    attrs: ['activation', 'slope', 'alpha', 'axis', 'approximate'],
    toSpec(golden) {
      checkSetting(golden, 'axis', [1]);
      checkSetting(golden, 'approximate', ['none']);
      return activations[name](golden.attrs as Record<string, number>);
    },
    kernels: hasOwnKernel ? [name, `${name}Gradient`] : ['activate', 'activateGradient'],
  };
}

// A case that has the layer itself as plain data, and its parameters by their own names.
function named({ kind }: { kind: string }): LayerCase {
  return {
    attrs: ['layer'],
    toSpec({ attrs, inputs }) {
      const model = { input: inputs.x.shape.slice(1), layers: [attrs.layer] };
      return toCheckedModel(model).layers[0];
    },
    // The layers inside a residual block have kernels of their own.
    kernels: kind === 'residual' ? ['add'] : [kind, `${kind}Gradient`],
  };
}

/** The check of a layer's case; null where the layer is not known here. */
export function layerCheck({ attrs, inputs }: GoldenCase): GoldenCheck | null {
  const layer = layerOf(attrs, inputs);
  return layer && ((golden, module) => checkLayer(layer, golden, module));
}

function layerOf(attrs: GoldenCase['attrs'], inputs: GoldenCase['inputs']): LayerCase | null {
  if (attrs.layer !== undefined) return named(attrs.layer as { kind: string });
  if (typeof attrs.activation === 'string') {
    return Object.hasOwn(activations, attrs.activation) ? activation(attrs.activation) : null;
  }
  if (attrs.kind === 'avg') return pool('avgPool', 'avgPoolGradient');
  if (attrs.kind === 'max') return pool('maxPool', 'maxPoolGradient');
  if (attrs.kind === 'min') return pool('minPool', 'maxPoolGradient');
  if (attrs.eps !== undefined && inputs.gamma !== undefined) return norm;
  if (attrs.alpha_divided_by_size !== undefined) return lrn;
  if (attrs.kernel !== undefined && inputs.w?.shape.length === 4) return conv;
  if (inputs.w?.shape.length === 2) return denseCase;
  return null;
}

interface CaseTensor {
  readonly own: string;
  readonly input: string;
  readonly gradient?: string;
  readonly output?: string;
}

// Names of a layer's parameters and buffers in a case: before the step, their gradients, and after it.
const tensors: readonly CaseTensor[] = [
  { own: 'weight', input: 'w', gradient: 'dw' },
  { own: 'bias', input: 'b', gradient: 'db' },
  { own: 'weight', input: 'gamma', gradient: 'dgamma' },
  { own: 'bias', input: 'beta', gradient: 'dbeta' },
  { own: 'running_mean', input: 'running_mean', output: 'running_mean_after' },
  { own: 'running_var', input: 'running_var', output: 'running_var_after' },
];

/** Those of a case: where it has the layer itself, by the layer's own names. */
function tensorsOf({ attrs, inputs }: GoldenCase): typeof tensors {
  if (attrs.layer === undefined) return tensors.filter(({ input }) => inputs[input] !== undefined);
  const names = Object.keys(inputs).filter((name) => name !== 'x' && name !== 'dy');
  return names.map((name) => ({ own: name, input: name, gradient: `d${name}` }));
}

function checkLayer(layer: LayerCase, golden: GoldenCase, module: WebAssembly.Module): void {
  const { attrs, inputs, outputs, grads = {}, tolerance } = golden;
  const own = tensorsOf(golden);
  const named = (names: (string | undefined)[]) => names.filter((name) => name !== undefined);
  checkKeys('attrs', attrs, layer.attrs);
  checkKeys('inputs', inputs, ['x', 'dy', ...own.map(({ input }) => input)]);
  checkKeys('outputs', outputs, ['y', 'y32', ...named(own.map(({ output }) => output))]);
  checkKeys('grads', grads, ['dx', ...named(own.map(({ gradient }) => gradient))]);
  checkSetting(golden, 'layout', ['NCHW', 'NC']);
  const [batchSize, ...input] = inputs.x.shape;
  const model = resolveModel({ input, layers: [layer.toSpec(golden)] });
  const [{ name }] = model.layers;
  const parameters = new Map(
    own.map((tensor) => [`${name}.${tensor.own}`, floats(inputs[tensor.input])]),
  );
  const batch = { model, parameters, batchSize, x: floats(inputs.x), dY: floats(inputs.dy) };
  const compare = (
    got: Pick<ReturnType<typeof runReference>, 'y' | 'dX' | 'gradients' | 'buffers'>,
    limit: Tolerance,
    who: string,
  ) => {
    check(got.y, outputs.y as GoldenTensor, limit, `y (${who})`);
    check(got.dX, grads.dx, limit, `dx (${who})`);
    for (const { own: key, gradient, output } of own) {
      const full = `${name}.${key}`;
      const want = gradient === undefined ? undefined : grads[gradient];
      if (want) check(got.gradients.get(full), want, limit, `${gradient} (${who})`);
      const after = output === undefined ? undefined : outputs[output];
      if (after) check(got.buffers.get(full), after as GoldenTensor, limit, `${output} (${who})`);
    }
  };
  for (const shardSize of [4, batchSize + 3]) {
    const got = runModel({ ...batch, module, shardSize });
    compare(got, tolerance, 'kernels');
    checkCalled(got.kernels, layer.kernels);
  }
  compare(runReference(batch), referenceTolerance, 'reference');
  if (attrs.training === false) checkEvaluation(batch, golden, module);
}

// Without gradients a layer runs as in prediction.
function checkEvaluation(
  { model, parameters, batchSize, x }: Parameters<typeof runReference>[0],
  { outputs, tolerance }: GoldenCase,
  module: WebAssembly.Module,
): void {
  const batch = { model, parameters, batchSize, x };
  const y = outputs.y as GoldenTensor;
  check(runModel({ ...batch, module }).y, y, tolerance, 'y in evaluation (kernels)');
  check(runReference(batch).y, y, referenceTolerance, 'y in evaluation (reference)');
}
