// The type that all rows of the table of layers share.
import type { layerKinds, ResolvedLayer } from '@convbook/layers';
import type { NodeProto, TensorProto } from '../schema/onnx_pb.ts';

type Kinds = typeof layerKinds;

/** Name of a layer's kind. */
export type KindName = keyof Kinds;

/** A layer of a kind, whose settings are known. */
export type LayerOf<Name extends KindName> = ResolvedLayer & {
  readonly settings: ReturnType<Kinds[Name]['resolve']>['settings'];
};

/** The part of a graph that computes a layer. */
export interface LayerNodes {
  /** In the order of computation. The last has the layer's name, unless there is none. */
  readonly nodes: readonly NodeProto[];
  /** Tensors that the nodes read besides the layer's parameters. */
  readonly constants: readonly TensorProto[];
  /** Name of the tensor that the layer gives. */
  readonly output: string;
}

interface Row<Name extends KindName> {
  toNodes(layer: LayerOf<Name>, x: string): LayerNodes;
}

/** Says a layer of a kind in nodes; `x` is the name of its input. */
export type LayerRow<Name extends KindName> = Row<Name>['toNodes'];

interface AnyRow {
  toNodes(layer: ResolvedLayer, x: string): LayerNodes;
}

/** A row of any kind, for code that looks one up by the layer's own kind. */
export type AnyLayerRow = AnyRow['toNodes'];

/** Nodes, each of which reads the one before. */
export function chain(
  nodes: readonly NodeProto[],
  constants: readonly TensorProto[] = [],
): LayerNodes {
  return { nodes, constants, output: nodes[nodes.length - 1].name };
}

/** Names of the input and of the layer's parameters, in the order in which ONNX's operators take them. */
export function withParameters({ parameters }: ResolvedLayer, x: string): string[] {
  return [x, ...parameters.map(({ name }) => name)];
}
