// Neighbouring layers that one pass serves: a convolution with the ReLU and pooling behind it never
// writes its own output to memory, only the pooled one.
import { kindOf, type LayerSpec } from '../registry.ts';
import type { WholeBatchKind } from '../calls/whole-batch.ts';
import type { ResolvedLayer, ResolvedModel } from '../calls/resolved.ts';

type Kind = LayerSpec['kind'];

/** Longest first. max(relu(x)) = relu(max(x)), so the order of those two does not matter. */
const patterns: readonly (readonly Kind[])[] = [
  ['conv2d', 'relu', 'maxPool2d'],
  ['conv2d', 'maxPool2d', 'relu'],
  ['conv2d', 'relu'],
  ['dense', 'relu'],
  ['batchNorm', 'relu'],
];

/** The model's layers in groups; those that move no data, such as flatten, are in none. */
export function groupLayers(model: ResolvedModel): ResolvedLayer[][] {
  const layers = model.layers.filter((layer) => kindOf(layer.spec).plan !== null);
  const groups: ResolvedLayer[][] = [];
  for (let at = 0; at < layers.length;) {
    const pattern = patterns.find((kinds) =>
      kinds.every((kind, i) => layers[at + i]?.spec.kind === kind),
    );
    const length = pattern?.length ?? 1;
    groups.push(layers.slice(at, at + length));
    at += length;
  }
  return groups;
}

/** How the weights' gradient of a group is made from the whole batch at once; null where it is not. */
export function wholeBatchOf(group: readonly ResolvedLayer[]): WholeBatchKind | null {
  const { wholeBatch } = kindOf(group[0].spec);
  return wholeBatch?.serves(group) ? wholeBatch : null;
}
