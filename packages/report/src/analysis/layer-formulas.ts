// The formulas of the worked examples with a layer's numbers put in. A formula whose value is not what
// the summary says, because the layer works otherwise, is left out.
import { allRows, type LayerSummary, type ModelSummary } from '@convbook/layers';
import { formatCount } from '@convbook/page';
import { inputField, throughWindow, type ReceptiveField } from '@convbook/runtime/explain';

/** Formulas of one layer as text, null where none applies. */
export interface LayerFormulas {
  /** Rows of the output, and columns where they differ. */
  output: string | null;
  parameters: string | null;
  multiplyAdds: string | null;
}

/** A layer's formulas with its numbers put in. */
export function layerFormulas(layer: LayerSummary): LayerFormulas {
  return {
    output: outputFormula(layer),
    parameters: parametersFormula(layer),
    multiplyAdds: multiplyAddsFormula(layer),
  };
}

/** `⌊(28 + 2·0 − 5) ∕ 1⌋ + 1 = 24` for a convolution or pooling. */
function outputFormula({ inputShape, outputShape, kernelSize, stride, padding }: LayerSummary) {
  if (!kernelSize || !stride || !padding || inputShape.length !== 3 || outputShape.length !== 3) {
    return null;
  }
  const sides = [0, 1].map((side) => {
    const [size, filter, step, zeros] = [
      inputShape[side + 1],
      kernelSize[side],
      stride[side],
      padding[side],
    ];
    const value = Math.floor((size + 2 * zeros - filter) / step) + 1;
    if (value !== outputShape[side + 1]) return null;
    return `⌊(${size} + 2·${zeros} − ${filter}) ∕ ${step}⌋ + 1 = ${value}`;
  });
  const [rows, columns] = sides;
  if (rows === null || columns === null) return null;
  return rows === columns ? rows : `rows ${rows}, columns ${columns}`;
}

/** The number of values of which each output is a weighted sum: `1·5·5` inputs of a filter, or `4320`. */
function inputsOfOutput({ kind, inputShape, kernelSize }: LayerSummary): number[] | null {
  if (kind === 'conv2d' && kernelSize) return [inputShape[0], ...kernelSize];
  return kind === 'dense' ? [...inputShape] : null;
}

function parametersFormula(layer: LayerSummary): string | null {
  if (layer.kind === 'batchNorm') return scaleAndShiftFormula(layer);
  const inputs = inputsOfOutput(layer);
  if (inputs === null || layer.filters === null) return null;
  const hasBias = layer.parameters !== layer.parametersWithoutBias;
  const value = layer.filters * product(inputs) + (hasBias ? layer.filters : 0);
  if (value !== layer.parameters) return null;
  const weights = `${formatCount(layer.filters)}·${factors(inputs)}`;
  return `${weights}${hasBias ? ` + ${formatCount(layer.filters)}` : ''} = ${formatCount(value)}`;
}

/** `γ 16 + β 16 = 32`: one of each for a channel. */
function scaleAndShiftFormula({ inputShape: [channels], parameters }: LayerSummary): string | null {
  if (2 * channels !== parameters) return null;
  const count = formatCount(channels);
  return `γ ${count} + β ${count} = ${formatCount(parameters)}`;
}

function multiplyAddsFormula(layer: LayerSummary): string | null {
  const inputs = inputsOfOutput(layer);
  if (inputs === null || product(layer.outputShape) * product(inputs) !== layer.multiplyAdds) {
    return null;
  }
  const outputs = layer.outputShape.map(formatCount).join('·');
  return `${outputs}·${factors(inputs)} = ${formatCount(layer.multiplyAdds)}`;
}

function factors(values: readonly number[]): string {
  const text = values.map(formatCount).join('·');
  return values.length === 1 ? text : `(${text})`;
}

function product(values: readonly number[]): number {
  return values.reduce((total, value) => total * value, 1);
}

type Side = readonly [number, number] | null;

/**
 * Side of the input square each output sees, `[height, width]` a row of `allRows`; null where it is the
 * whole input.
 */
export function receptiveFields({ layers }: ModelSummary): Side[] {
  return fieldsAfter(inputField, layers).sides;
}

function fieldsAfter(from: ReceptiveField | null, layers: readonly LayerSummary[]) {
  let field = from;
  const sides = layers.flatMap((layer): Side[] => {
    if (layer.outputShape.length !== 3) field = null;
    const [inside, own] = insideOf(field, layer);
    field = own;
    return [own?.size ?? null, ...inside];
  });
  return { sides, field };
}

/** The fields of the rows inside a layer, and its own: a block sees what its layers see. */
function insideOf(
  field: ReceptiveField | null,
  { inner, kernelSize, stride, padding, dilation }: LayerSummary,
): [Side[], ReceptiveField | null] {
  if (field === null) return [(inner ?? []).map(() => null), null];
  if (inner) {
    const shortcut = inner.filter(isShortcut);
    const body = fieldsAfter(field, inner.slice(0, inner.length - shortcut.length));
    return [[...body.sides, ...fieldsAfter(field, shortcut).sides], body.field];
  }
  const isWindow = kernelSize && stride && padding && dilation;
  return [[], isWindow ? throughWindow(field, { kernelSize, stride, padding, dilation }) : field];
}

/** Whether a row is the convolution beside the layers of a block. */
function isShortcut({ name }: LayerSummary): boolean {
  return name.endsWith('.shortcut');
}

/** Bytes of a layer's output for one sample, as 32-bit floats. */
export function activationBytes({ outputShape }: LayerSummary): number {
  return 4 * product(outputShape);
}

/** A net whose every layer of filters or units is fully connected, with as many outputs as it has here. */
export interface FullyConnected {
  /** Numbers in and out of its layers: `784, 17280, 100, 10`. */
  widths: number[];
  parameters: number;
}

export function fullyConnected({ layers }: ModelSummary): FullyConnected {
  const trained = allRows(layers).filter(
    (layer) => layer.filters !== null && layer.parameters > 0 && !isShortcut(layer),
  );
  const widths = [layers[0].inputShape, ...trained.map(({ outputShape }) => outputShape)].map(
    product,
  );
  const parameters = widths.slice(1).reduce((sum, width, k) => sum + widths[k] * width + width, 0);
  return { widths, parameters };
}
