// The way up: the pixels of later layers that read a pixel.
import { branchesOf, type ResolvedLayer } from '@convbook/layers';
import type { Predictor } from '@convbook/runtime/network';
import { isResponse, isSoftmax, neighbours } from './explain-across.ts';
import { changesEach } from './explain-each.ts';
import { placeAt, type Place } from './explain-place.ts';
import { firstChannel, isSum } from './explain-pixel.ts';
import { sourceOf } from './input-names.ts';
import { indexIn, type LayerPixel } from './layer-pixel.ts';
import type { ShownLayer } from './shown-layers.ts';

/** The pixels of one layer that read a pixel. */
export interface Uses {
  readonly one: ShownLayer;
  readonly maps: readonly number[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The one whose weight for it is the largest. */
  readonly strongest: Place;
}

type Model = Pick<Predictor, 'parametersOf'>;

/** The layers that read a pixel, perhaps after its activation, each with its pixels. */
export function usesOf(model: Model, all: readonly ShownLayer[], pixel: LayerPixel): Uses[] {
  return all
    .filter((one) => !changesEach(one.layer) && reads(all, one, pixel.one))
    .flatMap((one) => usesIn(model, one, pixel) ?? []);
}

/** Whether a pixel is among those that read another. */
export function isRead(
  model: Model,
  all: readonly ShownLayer[],
  pixel: LayerPixel,
  { one, place }: LayerPixel,
): boolean {
  return usesOf(model, all, pixel).some(
    (uses) =>
      uses.one.layer.name === one.layer.name &&
      uses.maps.includes(place.map) &&
      uses.rows.includes(place.row) &&
      uses.columns.includes(place.column),
  );
}

function reads(all: readonly ShownLayer[], one: ShownLayer, source: ShownLayer): boolean {
  return namesRead(one).some((name) => leadsTo(all, name, source.layer.name));
}

/** The layers whose output a layer reads: of a block those that it adds. */
function namesRead(one: ShownLayer): (string | null | undefined)[] {
  const branches = branchesOf(one.layer);
  if (branches === null) return [sourceOf(one).name];
  const { body, shortcut } = branches;
  return [body.at(-1)?.name, shortcut ? shortcut.name : sourceOf(one).name];
}

/** Whether a layer is another, or makes each of its numbers from one of that. */
function leadsTo(
  all: readonly ShownLayer[],
  name: string | null | undefined,
  wanted: string,
): boolean {
  if (name === wanted) return true;
  const found = all.find(({ layer }) => layer.name === name);
  return (
    found !== undefined && changesEach(found.layer) && leadsTo(all, sourceOf(found).name, wanted)
  );
}

function usesIn(model: Model, one: ShownLayer, pixel: LayerPixel): Uses | null {
  const { layer } = one;
  // A block adds numbers at the same place of its output.
  const shape = isSum(layer) ? layer.outputShape : layer.inputShape;
  const place = placeAt(shape, indexIn(pixel));
  if (layer.spec.kind === 'dense') return denseUses(model, one, indexIn(pixel));
  if (layer.window !== null) return windowUses(model, one, place);
  const [first, last] = channelsFor(layer, place.map);
  return usesAt(one, range(first, last + 1), [place.row], [place.column], place);
}

/** The channels whose number at a place is made from one channel there. */
function channelsFor(layer: ResolvedLayer, map: number): readonly [number, number] {
  if (isResponse(layer)) return neighbours(layer, map);
  return isSoftmax(layer) ? [0, layer.outputShape[0] - 1] : [map, map];
}

function denseUses(model: Model, one: ShownLayer, index: number): Uses {
  const { weight } = model.parametersOf(one.layer);
  const [units] = one.layer.outputShape;
  const inputs = weight.length / units;
  const sizes = Array.from({ length: units }, (_, unit) => Math.abs(weight[unit * inputs + index]));
  const strongest = { map: indexOfLargest(sizes), row: 0, column: 0 };
  return usesAt(one, range(0, units), [0], [0], strongest);
}

/** Along an axis, the output positions that read a place, each with the tap of the window that does. */
interface Reader {
  readonly at: number;
  readonly tap: number;
}

function windowUses(model: Model, one: ShownLayer, place: Place): Uses | null {
  const { layer } = one;
  const [rows, columns] = [readersAlong(layer, 0, place.row), readersAlong(layer, 1, place.column)];
  if (rows.length === 0 || columns.length === 0) return null;
  const own = (maps: readonly number[], strongest: Place) =>
    usesAt(one, maps, rows.map(({ at }) => at), columns.map(({ at }) => at), strongest); // prettier-ignore
  if (layer.spec.kind !== 'conv2d') {
    return own([place.map], { map: place.map, row: rows[0].at, column: columns[0].at });
  }
  const maps = range(0, layer.outputShape[0]).filter((filter) =>
    hasChannel(layer, filter, place.map),
  );
  const { weight } = model.parametersOf(layer);
  const candidates = maps.flatMap((map) =>
    rows.flatMap((row) =>
      columns.map((column) => ({
        size: Math.abs(weight[weightIndex(layer, map, place.map, row.tap, column.tap)]),
        place: { map, row: row.at, column: column.at },
      })),
    ),
  );
  return own(maps, candidates[indexOfLargest(candidates.map(({ size }) => size))].place);
}

function readersAlong({ window, outputShape }: ResolvedLayer, axis: 0 | 1, at: number): Reader[] {
  if (window === null) return [];
  const { kernelSize, stride, padding, dilation } = window;
  const count = outputShape[axis + 1] ?? 1;
  return range(0, kernelSize[axis])
    .map((tap) => ({ at: (at + padding[axis] - tap * dilation[axis]) / stride[axis], tap }))
    .filter((reader) => Number.isInteger(reader.at) && reader.at >= 0 && reader.at < count);
}

function hasChannel(layer: ResolvedLayer, filter: number, channel: number): boolean {
  const first = firstChannel(layer, filter);
  return channel >= first && channel < first + layer.parameters[0].shape[1];
}

function weightIndex(
  layer: ResolvedLayer,
  filter: number,
  channel: number,
  row: number,
  column: number,
): number {
  const [, channels, height, width] = layer.parameters[0].shape;
  const own = channel - firstChannel(layer, filter);
  return ((filter * channels + own) * height + row) * width + column;
}

function usesAt(
  one: ShownLayer,
  maps: readonly number[],
  rows: readonly number[],
  columns: readonly number[],
  strongest: Place,
): Uses {
  return { one, maps, rows, columns, strongest };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, k) => (value > values[best] ? k : best), 0);
}
