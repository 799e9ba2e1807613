// A model is data: each layer is a plain object that prints itself, crosses to workers by
// structured clone and goes into checkpoints and notebooks unchanged.

/** One number for both axes, or `[height, width]`. */
export type Pair = number | readonly [height: number, width: number];

export interface Conv2dSpec {
  kind: 'conv2d';
  filters: number;
  kernelSize: Pair;
  stride?: Pair;
  padding?: Pair;
}

export interface MaxPool2dSpec {
  kind: 'maxPool2d';
  size: Pair;
  stride?: Pair;
  padding?: Pair;
}

export interface ReluSpec {
  kind: 'relu';
}

export interface FlattenSpec {
  kind: 'flatten';
}

export interface DenseSpec {
  kind: 'dense';
  units: number;
}

export type LayerSpec = Conv2dSpec | MaxPool2dSpec | ReluSpec | FlattenSpec | DenseSpec;
