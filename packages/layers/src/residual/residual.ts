import { ConfigurationError, formatShape, type Shape } from '@convbook/core';
import type { InnerResolver, LayerKind } from '../calls/layer-kind.ts';
import { plainFacts, type AnySpec, type Branches, type ResolvedLayer } from '../calls/resolved.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { residualPlan } from './calls.ts';

/** A `residual()` block as plain data. */
export interface ResidualSpec<Layer extends AnySpec = AnySpec> {
  readonly kind: 'residual';
  /** Any layers but residual blocks. */
  readonly layers: readonly Layer[];
  /** Default `identity` where the layers keep the shape of their input, `conv` where they do not. */
  readonly shortcut?: 'identity' | 'conv';
}

/**
 * A residual block (He et al., 2015): y = layers(x) + shortcut(x). The shortcut is x itself, or
 * a 1 × 1 convolution of x without bias whose stride makes the shapes agree. Parameters are named
 * `residual1.conv1.weight`, …, `residual1.shortcut.weight`.
 */
export function residual<Layer extends AnySpec>(
  settings: Omit<ResidualSpec<Layer>, 'kind'>,
): ResidualSpec<Layer> {
  return { kind: 'residual', ...settings };
}

type KindOf = (spec: AnySpec) => LayerKind<AnySpec>;

/** The kind of a residual block; `kindOf` gives those of the layers inside it. */
export function residualKind(kindOf: KindOf): LayerKind<ResidualSpec, null> {
  return {
    kind: 'residual',
    prefix: 'residual',
    isActivation: false,
    settingTypes: { layers: 'layers', shortcut: 'text' },
    resolve(spec, inputShape, where, inner: InnerResolver) {
      const body = inner.layers(spec.layers, inputShape);
      checkBody(body, kindOf, where);
      const { outputShape } = body[body.length - 1];
      const stride = shortcutStride(spec, inputShape, outputShape, where);
      const branches = { body, shortcut: stride && convolve(stride) };
      return { ...plainFacts(outputShape, null), ...sumsOf(branches, where), branches };

      function convolve(stride: [number, number]): ResolvedLayer {
        const settings = { filters: outputShape[0], kernelSize: 1, stride, bias: false };
        return inner.layer(conv2d(settings), 'shortcut', inputShape);
      }
    },
    plan: residualPlan,
  };
}

function checkBody(body: readonly ResolvedLayer[], kindOf: KindOf, where: string): void {
  if (body.some(({ spec }) => kindOf(spec).plan !== null)) return;
  const got = body.map(({ spec }) => spec.kind).join(', ');
  throw new ConfigurationError(
    `${where}.layers: expected at least one layer that computes, got ${got === '' ? 'none' : got}`,
  );
}

/** Parameters by their names in the block, and the work of both branches. */
function sumsOf({ body, shortcut }: Branches, where: string) {
  const layers = shortcut ? [...body, shortcut] : body;
  return {
    parameters: layers.flatMap(({ parameters }) =>
      parameters.map(({ shortName: _, name, ...own }) => {
        return { ...own, name: name.slice(where.length + 1) };
      }),
    ),
    multiplyAdds: layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  };
}

/** The stride of the shortcut's convolution, null where the shortcut is the input itself. */
function shortcutStride(
  { shortcut }: ResidualSpec,
  input: Shape,
  output: Shape,
  where: string,
): [number, number] | null {
  if (shortcut !== undefined && shortcut !== 'identity' && shortcut !== 'conv') {
    throw new ConfigurationError(
      `${where}.shortcut: expected identity or conv, got ${JSON.stringify(shortcut)}`,
    );
  }
  const areSame = input.join() === output.join();
  if (areSame && shortcut !== 'conv') return null;
  if (shortcut === 'identity' || input.length !== 3 || output.length !== 3) {
    return refuse(where, input, output, shortcut);
  }
  const [rows, columns] = [strideOf(input[1], output[1]), strideOf(input[2], output[2])];
  return rows && columns ? [rows, columns] : refuse(where, input, output, 'conv');
}

/** The smallest stride by which a window of 1 gives `to` places of `from`; undefined where none does. */
function strideOf(from: number, to: number): number | undefined {
  const least = Math.ceil(from / to);
  return Math.ceil(from / least) === to ? least : undefined;
}

function refuse(
  where: string,
  input: Shape,
  output: Shape,
  shortcut: ResidualSpec['shortcut'],
): never {
  const [from, to] = [formatShape(input), formatShape(output)];
  if (shortcut === 'identity') {
    throw new ConfigurationError(
      `${where}: expected layers that keep the shape ${from} of their input, got ${to}; ` +
        "take shortcut 'conv', or other layers",
    );
  }
  if (input.length !== 3 || output.length !== 3) {
    throw new ConfigurationError(
      `${where}: expected maps, which the shortcut's convolution takes and gives, ` +
        `got ${from} and ${to}; take layers that keep the shape of their input`,
    );
  }
  throw new ConfigurationError(
    `${where}: expected layers that give the rows and columns of a 1×1 convolution with a stride, ` +
      `got ${to} from ${from}; give the layers padding, or a stride`,
  );
}
