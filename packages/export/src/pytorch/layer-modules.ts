// Every layer of the registry as a module of PyTorch, in Python. A new kind of layer is a row here.
import { branchesOf, type layerKinds, type LayerSpec, type ResolvedLayer } from '@convbook/layers';
import { pythonCall, pythonFloat, pythonPair } from './python.ts';

type Kind = LayerSpec['kind'];

/** A layer with its settings and sizes worked out. */
interface Layer<Name extends Kind> extends Omit<ResolvedLayer, 'settings' | 'spec'> {
  readonly settings: ReturnType<(typeof layerKinds)[Name]['resolve']>['settings'];
  readonly spec: Extract<LayerSpec, { kind: Name }>;
}

interface Row<Name extends Kind> {
  /** An expression that makes the module. */
  toModule(layer: Layer<Name>): string;
}

/** A setting that is written only where PyTorch would take another value. */
type Setting = readonly [name: string, value: string, usual?: string];

const rows: { readonly [Name in Kind]: Row<Name> } = {
  conv2d: {
    toModule({ settings, inputShape, outputShape }) {
      const { kernelSize, stride, padding, dilation, groups, hasBias } = settings;
      return module(
        'nn.Conv2d',
        [inputShape[0], outputShape[0]],
        [
          ['kernel_size', pythonPair(kernelSize)],
          ['stride', pythonPair(stride), '1'],
          ['padding', pythonPair(padding), '0'],
          ['dilation', pythonPair(dilation), '1'],
          ['groups', String(groups), '1'],
          ['bias', hasBias ? 'True' : 'False', 'True'],
        ],
      );
    },
  },
  maxPool2d: { toModule: (layer) => module('nn.MaxPool2d', [], poolSettings(layer)) },
  minPool2d: { toModule: (layer) => module('MinPool2d', [], poolSettings(layer)) },
  avgPool2d: {
    toModule: (layer) =>
      module(
        'nn.AvgPool2d',
        [],
        [
          ...poolSettings(layer),
          ['count_include_pad', layer.settings.countPadding ? 'True' : 'False', 'True'],
        ],
      ),
  },
  globalAvgPool2d: { toModule: () => 'nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())' },
  localResponseNorm: {
    toModule({ settings: { half, alpha, beta, k } }) {
      // PyTorch divides alpha by the size; here it is divided already.
      const size = 2 * half + 1;
      return module(
        'nn.LocalResponseNorm',
        [size],
        [
          ['alpha', pythonFloat(alpha * size)],
          ['beta', pythonFloat(beta)],
          ['k', pythonFloat(k)],
        ],
      );
    },
  },
  batchNorm: {
    toModule({ settings: { epsilon, momentum, frozen }, inputShape }) {
      const name = `BatchNorm${inputShape.length === 1 ? 1 : 2}d`;
      return module(
        frozen ? `Frozen${name}` : `nn.${name}`,
        [inputShape[0]],
        [
          ['eps', pythonFloat(epsilon), pythonFloat(1e-5)],
          ['momentum', pythonFloat(momentum), '0.1'],
        ],
      );
    },
  },
  dropout: { toModule: ({ settings: { rate } }) => `nn.Dropout(${pythonFloat(rate)})` },
  relu: { toModule: () => 'nn.ReLU()' },
  leakyRelu: {
    toModule: ({ settings: { parameter } }) => `nn.LeakyReLU(${pythonFloat(parameter)})`,
  },
  prelu: { toModule: ({ inputShape }) => `nn.PReLU(${inputShape[0]})` },
  elu: { toModule: ({ settings: { parameter } }) => `nn.ELU(${pythonFloat(parameter)})` },
  gelu: { toModule: () => 'nn.GELU()' },
  silu: { toModule: () => 'nn.SiLU()' },
  softplus: { toModule: () => 'nn.Softplus()' },
  sigmoid: { toModule: () => 'nn.Sigmoid()' },
  tanh: { toModule: () => 'nn.Tanh()' },
  softmax: { toModule: () => 'nn.Softmax(dim=1)' },
  flatten: { toModule: () => 'nn.Flatten()' },
  dense: {
    toModule: ({ inputShape, outputShape }) => `nn.Linear(${inputShape[0]}, ${outputShape[0]})`,
  },
  residual: {
    toModule(layer) {
      const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
      return pythonCall('Residual', [...body, ...(shortcut ? [shortcut] : [])].map(layerLine));
    },
  },
};

interface AnyRow {
  toModule(layer: ResolvedLayer): string;
}

const anyRows: Readonly<Record<Kind, AnyRow>> = rows;

/** A layer as an argument of the module that holds it, with the shape of its output where it is another. */
export function layerLine(layer: ResolvedLayer): string {
  const shortName = layer.name.slice(layer.name.lastIndexOf('.') + 1);
  const made = anyRows[layer.spec.kind].toModule(layer);
  const [from, to] = [layer.inputShape, layer.outputShape].map((shape) => shape.join(' x '));
  return `${shortName}=${made},${from === to ? '' : `  # ${to}`}`;
}

function module(name: string, sizes: readonly number[], settings: readonly Setting[]): string {
  const named = settings
    .filter(([, value, usual]) => value !== usual)
    .map(([setting, value]) => `${setting}=${value}`);
  return `${name}(${[...sizes, ...named].join(', ')})`;
}

type PoolLayer = Layer<'maxPool2d'> | Layer<'minPool2d'> | Layer<'avgPool2d'>;

function poolSettings({ settings, spec }: PoolLayer): Setting[] {
  const { kernelSize, stride, padding } = settings;
  return [
    ['kernel_size', pythonPair(kernelSize)],
    ['stride', pythonPair(stride), pythonPair(kernelSize)],
    ['padding', pythonPair(padding), '0'],
    ['ceil_mode', spec.rounding === 'ceil' ? 'True' : 'False', 'False'],
  ];
}
