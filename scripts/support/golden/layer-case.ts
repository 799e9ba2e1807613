// Cases of one layer: output, and the gradients of Σ y·dy, in shards and as one.
import {
  avgPool2d,
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
  runModel,
  runReference,
  sigmoid,
  silu,
  softplus,
  tanh,
  type LayerSpec,
} from '@convbook/layers';
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
  readonly kernels: readonly string[];
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
  kernels: ['convolve'],
};

function pool(kernels: readonly string[]): LayerCase {
  return {
    attrs: [...window, 'kind', 'pad_value', 'ties', 'count_include_pad'],
    toSpec(golden) {
      const { kind, size, stride, pad: padding, rounding } = golden.attrs;
      checkSetting(golden, 'ties', ['first in row-major order']);
      checkSetting(golden, 'rounding', ['floor', 'ceil']);
      const settings = {
        ...{ size: size as Two, stride: stride as Two, padding: padding as Two },
        rounding: rounding as 'floor' | 'ceil',
      };
      if (kind === 'max') return maxPool2d(settings);
      if (kind === 'min') return minPool2d(settings);
      const countPadding = golden.attrs.count_include_pad as boolean;
      return avgPool2d({ ...settings, countPadding });
    },
    kernels,
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

const activations: Readonly<Record<string, (attrs: Record<string, number>) => LayerSpec>> = {
  relu: () => relu(),
  sigmoid: () => sigmoid(),
  tanh: () => tanh(),
  softplus: () => softplus(),
  leaky_relu: ({ slope }) => leakyRelu({ slope }),
  elu: ({ alpha }) => elu({ alpha }),
  gelu: () => gelu(),
  silu: () => silu(),
  // No layer of its own: a leaky ReLU of slope 1 passes every number through the kernel.
  identity: () => leakyRelu({ slope: 1 }),
};

function activation(name: string): LayerCase {
  return {
    attrs: ['activation', 'slope', 'alpha'],
    toSpec: ({ attrs }) => activations[name](attrs as Record<string, number>),
    kernels: name === 'relu' ? ['relu', 'reluGradient'] : ['activate', 'activateGradient'],
  };
}

/** What checks a case of a layer; null where it is of no layer known here. */
export function layerCheck({ attrs, inputs }: GoldenCase): GoldenCheck | null {
  const layer = layerOf(attrs, inputs);
  return layer && ((golden, module) => checkLayer(layer, golden, module));
}

function layerOf(attrs: GoldenCase['attrs'], inputs: GoldenCase['inputs']): LayerCase | null {
  if (typeof attrs.activation === 'string') {
    return Object.hasOwn(activations, attrs.activation) ? activation(attrs.activation) : null;
  }
  if (attrs.kind === 'avg') return pool(['avgPool', 'avgPoolGradient']);
  if (attrs.kind === 'max') return pool(['maxPool', 'maxPoolGradient']);
  if (attrs.kind === 'min') return pool(['minPool', 'maxPoolGradient']);
  if (attrs.alpha_divided_by_size !== undefined) return lrn;
  if (attrs.kernel !== undefined && inputs.w?.shape.length === 4) return conv;
  if (inputs.w?.shape.length === 2) return denseCase;
  return null;
}

function checkLayer(layer: LayerCase, golden: GoldenCase, module: WebAssembly.Module): void {
  const { attrs, inputs, outputs, grads = {}, tolerance } = golden;
  checkKeys('attrs', attrs, layer.attrs);
  checkKeys('inputs', inputs, ['x', 'dy', 'w', 'b']);
  checkKeys('outputs', outputs, ['y', 'y32']);
  checkKeys('grads', grads, ['dx', 'dw', 'db']);
  checkSetting(golden, 'layout', ['NCHW']);
  const [batchSize, ...input] = inputs.x.shape;
  const model = resolveModel({ input, layers: [layer.toSpec(golden)] });
  const [{ name }] = model.layers;
  const parameters = new Map<string, Float32Array>();
  if (inputs.w) parameters.set(`${name}.weight`, floats(inputs.w));
  if (inputs.b) parameters.set(`${name}.bias`, floats(inputs.b));
  const batch = { model, parameters, batchSize, x: floats(inputs.x), dY: floats(inputs.dy) };
  const compare = (
    got: Pick<ReturnType<typeof runReference>, 'y' | 'dX' | 'gradients'>,
    limit: Tolerance,
    who: string,
  ) => {
    check(got.y, outputs.y as GoldenTensor, limit, `y (${who})`);
    check(got.dX, grads.dx, limit, `dx (${who})`);
    if (grads.dw) check(got.gradients.get(`${name}.weight`), grads.dw, limit, `dw (${who})`);
    if (grads.db) check(got.gradients.get(`${name}.bias`), grads.db, limit, `db (${who})`);
  };
  for (const shardSize of [4, batchSize + 3]) {
    const got = runModel({ ...batch, module, shardSize });
    compare(got, tolerance, 'kernels');
    checkCalled(got.kernels, layer.kernels);
  }
  compare(runReference(batch), referenceTolerance, 'reference');
}
