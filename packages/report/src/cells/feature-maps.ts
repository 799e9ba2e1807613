import { likeAndUnlike, pairsOfClasses } from '../explain/chosen-samples.ts';
import { layerLikeness, type LayerLikeness } from '../explain/layer-likeness.ts';
import { layerRows, toInput } from '../explain/network.ts';
import type { Networks } from '../explain/networks.ts';
import { receptiveField } from '../explain/receptive-field.ts';
import { formatPercent, formatShape, formatSigned } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Run, Samples } from '../run/run.ts';
import { detailFold, quote, sourceFold } from '../source-code.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';
import { layerMaps } from './layer-maps.ts';
import { patchesFigure } from './patches-figure.ts';

/** Classes of which two images each are compared. */
const mostClasses = 10;

/** Samples through every layer, and what excites each filter. */
export const featureMapsCell: Cell = {
  id: 'feature-maps',
  title: 'Feature maps',
  render(run, _live, networks) {
    const { evaluation, samples } = run;
    if (evaluation === null || samples === null || networks === null) return null;
    const { model } = networks.trained;
    const hasMaps = layerRows(model).some(({ layer }) => layer.outputShape.length === 3);
    const indexes = likeAndUnlike(run);
    if (!hasMaps || model.input.length !== 3 || indexes.length === 0) return null;
    return html`<p>
        Test images on their way through the trained network, layer by layer. Early maps are
        drawings of the image: each filter keeps the strokes it answers to. Deeper ones are smaller
        and say whether something is there rather than how it looks: detail becomes abstraction.
        Look for images of one class growing alike and those of another growing different. Layers
        that stay blank, or that do not change from one image to another, would be bad: they carry
        nothing.
      </p>
      ${layerMaps(networks.trained, samples, indexes, run.record.data.classNames)}
      ${alikeness(run, samples, networks)} ${patchesFigure(networks.trained, run, samples)}
      ${sourceFold(code(run))}`;
  },
};

/** What the way through the layers does to pairs of images, with its table. */
function alikeness(run: Run, { images }: Samples, { trained }: Networks): Html | null {
  const pairs = pairsOfClasses(run, mostClasses);
  if (pairs.length < 2) return null;
  const x = toInput(pairs.flat().map((index) => images.get(index) as Uint8Array));
  const found = layerLikeness(trained, x, 2 * pairs.length);
  const [input, last] = [found[0], found[found.length - 1]];
  const figures = ({ sameClass, otherClass }: LayerLikeness) =>
    `${formatSigned(sameClass)} for two of one class and ${formatSigned(otherClass)} for two of different ones`;
  const table = renderTable<LayerLikeness>({
    caption: 'What each layer makes of two images',
    columns: [
      { head: 'Values of', heading: true, value: ({ row }) => row?.name ?? 'input' },
      {
        head: 'Output',
        value: ({ row }) => formatShape(row?.layer.outputShape ?? trained.model.input),
      },
      { head: 'Sees', value: ({ row }) => sees(row, trained.model.layers) },
      { head: 'Not 0', numeric: true, value: ({ active }) => formatPercent(active, 0) },
      {
        head: 'Alike, one class',
        numeric: true,
        value: ({ sameClass }) => formatSigned(sameClass),
      },
      {
        head: 'Alike, two classes',
        numeric: true,
        value: ({ otherClass }) => formatSigned(otherClass),
      },
    ],
    rows: found,
  });
  return html`<p>
      In numbers, over two images each of ${pairs.length} classes, all named rightly: the pixels of
      two images correlate by ${figures(input)}; the values of ${last.row?.name}, at the end, by
      ${figures(last)}. The distance between the two should grow from layer to layer.
    </p>
    ${detailFold('Every layer as a table', table)}`;
}

function sees(row: LayerLikeness['row'], layers: Networks['trained']['model']['layers']): string {
  if (row === null) return '–';
  const field = receptiveField(layers.slice(0, row.to));
  return field === null ? 'everything' : formatShape(field.size);
}

function code({ name }: Run): string {
  return `import { forward, layerRows, partOf, readNetworks, readRun, toInput, topPatches } from '@convbook/report';

const directory = ${quote(`reports/${name}`)};
const { samples } = readRun(directory);
const network = (await readNetworks(directory))?.trained;
if (samples && network) {
  const indexes = [...samples.images.keys()];
  const rows = layerRows(network.model);
  let values = toInput([samples.images.get(indexes[0])]);
  for (const { name, from, to } of rows) {
    values = forward(partOf(network, from, to), values);
    console.log(name, values);
  }
  const [first] = rows.filter(({ layer }) => layer.spec.kind === 'conv2d');
  if (first) console.log(topPatches(network, [first], samples, indexes)[0].filters);
}`;
}
