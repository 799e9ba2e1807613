// The layers that the live cells show, those inside a residual block after it, and their values in an answer.
import { branchesOf, type ResolvedLayer } from '@convbook/layers';
import type { LayerValues } from '@convbook/runtime/network';
import { isResponse, isSoftmax } from './explain-across.ts';
import { changesEach } from './explain-each.ts';
import { canExplain, isSum } from './explain-pixel.ts';
import { canPool } from './explain-window.ts';

/** A layer, and what it reads and gives for one image. */
export interface ShownLayer {
  readonly layer: ResolvedLayer;
  readonly isInside: boolean;
  /** The layers from the model's input up to this one, and those that read it one after another. */
  readonly before: readonly ResolvedLayer[];
  readonly after: readonly ResolvedLayer[];
  input(answer: LayerValues): Float32Array;
  output(answer: LayerValues): Float32Array;
}

/** The layers of a model, each block followed by the layers inside it. */
export function shownLayers(layers: readonly ResolvedLayer[]): ShownLayer[] {
  return layers.flatMap((layer, k): ShownLayer[] => {
    const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
    const before = layers.slice(0, k);
    const own: ShownLayer = {
      layer,
      isInside: false,
      before,
      after: layers.slice(k + 1),
      input: ({ values }) => values[k],
      output: ({ values }) => values[k + 1],
    };
    const inside = body.map((one, i) =>
      insideLayer(one, [...before, ...body.slice(0, i)], body.slice(i + 1)),
    );
    return [own, ...inside, ...(shortcut ? [insideLayer(shortcut, before, [])] : [])];
  });
}

/** Layers that follow one another, all in view or all folded. */
export interface LayerGroup {
  readonly isFolded: boolean;
  readonly layers: ShownLayer[];
}

/**
 * The layers with something to look at. A model with residual blocks has too many for one view: its first
 * convolution, the sum of each block and the layers without maps are in view, others are folded.
 */
export function layerGroups(layers: readonly ResolvedLayer[]): LayerGroup[] {
  const shown = shownLayers(layers).filter(({ layer }) => layer.spec.kind !== 'flatten');
  if (layers.every((layer) => branchesOf(layer) === null))
    return [{ isFolded: false, layers: shown }];
  const first = layers.find(({ spec }) => spec.kind === 'conv2d');
  const isInView = ({ layer, isInside }: ShownLayer) =>
    !isInside && (layer === first || branchesOf(layer) !== null || layer.outputShape.length === 1);
  const groups: LayerGroup[] = [];
  for (const one of shown) {
    const isFolded = !isInView(one);
    const last = groups.at(-1);
    if (last?.isFolded === isFolded) last.layers.push(one);
    else groups.push({ isFolded, layers: [one] });
  }
  return groups;
}

/** Whether the pixel cell can take the values of a layer apart. */
export function canShow({ layer }: Pick<ShownLayer, 'layer'>): boolean {
  return (
    canExplain(layer) ||
    isSum(layer) ||
    canPool(layer) ||
    changesEach(layer) ||
    isSoftmax(layer) ||
    isResponse(layer)
  );
}

function insideLayer(
  layer: ResolvedLayer,
  before: readonly ResolvedLayer[],
  after: readonly ResolvedLayer[],
): ShownLayer {
  const valuesIn = ({ inner }: LayerValues) => {
    const own = inner.get(layer.name);
    if (own === undefined) throw new Error(`${layer.name}: the answer has no values of this layer`);
    return own;
  };
  return {
    layer,
    isInside: true,
    before,
    after,
    input: (answer) => valuesIn(answer).input,
    output: (answer) => valuesIn(answer).output,
  };
}
