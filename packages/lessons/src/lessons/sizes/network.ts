// A network that is being edited: what a table may change of each layer, and the layer that it stands for.
import {
  avgPool2d,
  conv2d,
  dense,
  flatten,
  maxPool2d,
  presets,
  relu,
  sigmoid,
  summarize,
  type LayerSpec,
  type LayerSummary,
  type ModelSpec,
} from '@convbook/layers';

/** The settings of one row; each kind reads those that it has. */
export interface Row {
  readonly kind: Kind;
  /** Filters of a convolution, units of a dense layer. */
  readonly filters: number;
  /** Side of the window, its stride and padding, the same for rows and columns. */
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
  readonly activation: 'relu' | 'sigmoid' | null;
}

export interface Network {
  /** `[channels, height, width]`. */
  readonly input: readonly [number, number, number];
  readonly rows: readonly Row[];
}

type Make = (row: Row) => LayerSpec;

const makers = {
  conv2d: ({ filters, size: kernelSize, stride, padding }) =>
    conv2d({ filters, kernelSize, stride, padding }),
  maxPool2d: ({ size, stride, padding }) => maxPool2d({ size, stride, padding }),
  avgPool2d: ({ size, stride, padding }) => avgPool2d({ size, stride, padding }),
  flatten: () => flatten(),
  dense: ({ filters: units }) => dense({ units }),
} satisfies Record<string, Make>;

export type Kind = keyof typeof makers;

export const isKind = (value: string): value is Kind => Object.hasOwn(makers, value);

/** Settings that a new row begins with. */
export const plainRow: Row = {
  kind: 'conv2d',
  filters: 16,
  size: 3,
  stride: 1,
  padding: 0,
  activation: 'relu',
};

/** What a row has where its kind changes: pooling steps by its window. */
export function asKind(row: Row, kind: Kind): Row {
  if (kind === 'conv2d') return { ...plainRow, filters: row.filters };
  if (kind === 'dense') return { ...row, kind, activation: 'relu' };
  return { ...row, kind, size: 2, stride: 2, padding: 0, activation: null };
}

/** A network as the model that it stands for. */
export function toModel({ input, rows }: Network): ModelSpec {
  const layers = rows.flatMap((row) => [makers[row.kind](row), ...activationOf(row)]);
  return { input, layers };
}

function activationOf({ activation }: Row): LayerSpec[] {
  if (activation === null) return [];
  return [activation === 'relu' ? relu() : sigmoid()];
}

/** A preset as rows to edit. */
export function networkOf(preset: string): Network {
  const model = presets[preset];
  const [channels, height, width] = model.input;
  return { input: [channels, height, width], rows: summarize(model).layers.map(toRow) };
}

function toRow({ kind, filters, kernelSize, stride, padding, activation }: LayerSummary): Row {
  if (!isKind(kind)) throw new Error(`sizes: expected a layer of the table, got ${kind}; add it`);
  return {
    kind,
    filters: filters ?? plainRow.filters,
    size: kernelSize?.[0] ?? plainRow.size,
    stride: stride?.[0] ?? plainRow.stride,
    padding: padding?.[0] ?? plainRow.padding,
    activation: activation === 'relu' || activation === 'sigmoid' ? activation : null,
  };
}
