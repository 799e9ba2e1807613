import type { DatasetRecord } from '@convbook/layers';
import { renderChart } from '../charts/chart.ts';
import { histogramChart, valueShares } from '../charts/histogram-chart.ts';
import { formatCount, formatPercent, formatPlural, formatShape } from '../format.ts';
import { html, type Html } from '../html.ts';
import { pictureImage } from '../images/picture-image.ts';
import { samplePicture } from '../images/png.ts';
import type { Run } from '../run/run.ts';
import { detailFold, quote, sourceFold } from '../source-code.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';

/** How many images each class has, and what they look like on average. */
export const dataCell: Cell = {
  id: 'data',
  title: 'Data',
  async render(run) {
    const { dataset, record } = run;
    if (dataset === null) return null;
    const { trainSamples, validationSamples } = record.data;
    const held = validationSamples > 0 ? `, held out ${formatCount(validationSamples)}` : '';
    return html`<p>
        From ${record.data.name} this run took ${formatPlural(trainSamples, 'image')} to
        train${held} and ${formatCount(dataset.test.samples)} to test, each of
        ${formatShape(dataset.sampleShape)} (channels × rows × columns). A byte becomes a number by
        <code>${record.data.scaling}</code>.
      </p>
      ${meanImages(dataset)} ${augmentedImages(dataset)}
      <p>
        ${balance(dataset)} A rare class is a warning: accuracy hardly counts it, so see its recall
        in the scores of each class.
      </p>
      <figure>${countTable(dataset)}</figure>
      ${await valueHistogram(dataset)} ${sourceFold(code(run))}
      <p class="attribution">${record.data.attribution}</p>`;
  },
};

function balance({ train, classNames }: DatasetRecord): string {
  const most = Math.max(...train.perClass);
  const least = Math.min(...train.perClass);
  const name = (count: number) => classNames[train.perClass.indexOf(count)];
  if (most === least) return 'Every class has equally many training images.';
  return (
    `The largest class in training is ${name(most)} with ${formatPercent(most / train.samples, 1)} of the images, ` +
    `the smallest ${name(least)} with ${formatPercent(least / train.samples, 1)}.`
  );
}

function meanImages({ meanImages, classNames, sampleShape }: DatasetRecord): Html | null {
  if (meanImages.length === 0) return null;
  const tiles = meanImages.map((bytes, k) =>
    tile(bytes, sampleShape, classNames[k], `Mean training image of class ${classNames[k]}`),
  );
  return html`<figure class="wide">
    <div class="means">${tiles}</div>
    <figcaption>
      Mean of the training images of each class. Sharp means come from classes whose images resemble
      each other; blurred ones from classes that vary, or are not centred.
    </figcaption>
  </figure>`;
}

function tile(bytes: number[], sampleShape: number[], name: string, description: string): Html {
  return html`<figure>
    ${pictureImage(samplePicture(bytes, sampleShape), description)}
    <figcaption>${name}</figcaption>
  </figure> `;
}

/** What augmentation makes of the first images. */
function augmentedImages({ augmented, sampleShape }: DatasetRecord): Html | null {
  if (augmented === undefined) return null;
  const rows = augmented.map((views, k) => {
    const tiles = views.map((bytes, epoch) => {
      const name = epoch === 0 ? 'as it is' : `epoch ${epoch}`;
      return tile(bytes, sampleShape, name, `Training image ${k}, ${name}`);
    });
    return html`<div class="means">${tiles}</div>`;
  });
  return html`<figure class="wide">
    ${rows}
    <figcaption>
      Training images as augmentation varies them, another way each epoch. Each must still be
      clearly of its class: what a person misreads teaches the network errors. The test images are
      never varied.
    </figcaption>
  </figure>`;
}

/** Which bytes the images are made of. */
async function valueHistogram(dataset: DatasetRecord): Promise<Html | null> {
  const [chart, shares] = [histogramChart(dataset), valueShares(dataset)];
  if (chart === null || shares === null) return null;
  const table = renderTable({
    caption: 'Byte values of the training images',
    columns: [
      {
        head: 'Values',
        heading: true,
        value: ({ from, to }) => (from === to ? from : `${from}–${to}`),
      },
      { head: 'Share', numeric: true, value: ({ share }) => formatPercent(share, 2) },
    ],
    rows: [
      { from: 0, to: 0, share: shares.black },
      ...shares.bins,
      { from: 255, to: 255, share: shares.white },
    ],
  });
  return html`<p>
      Of all values in the training images ${formatPercent(shares.black, 1)} are 0 and
      ${formatPercent(shares.white, 1)} are 255; the chart shows the rest. Look for a spread over
      the whole range. All in a narrow band would be bad: the inputs would then hardly differ.
    </p>
    <figure>${await renderChart(chart)}</figure>
    ${detailFold('The values as a table', table)}`;
}

function countTable({ train, test, classNames }: DatasetRecord): Html {
  const most = Math.max(1, ...train.perClass);
  return renderTable<number>({
    caption: 'Images of each class',
    style: 'data bars',
    columns: [
      { head: 'Class', heading: true, value: (k) => classNames[k] },
      { head: 'Training', numeric: true, value: (k) => formatCount(train.perClass[k]) },
      {
        head: html`<span class="hidden">Share of the largest class</span>`,
        value: (k) =>
          html`<span class="bar" style="--share:${(train.perClass[k] / most).toFixed(3)}"></span>`,
      },
      { head: 'Test', numeric: true, value: (k) => formatCount(test.perClass[k]) },
    ],
    rows: classNames.map((_, k) => k),
    total: ['Total', formatCount(train.samples), null, formatCount(test.samples)],
  });
}

function code({ name }: Run): string {
  return `import { readRun, samplePicture, toPngUrl } from '@convbook/report';

const { dataset } = readRun(${quote(`reports/${name}`)});
if (dataset) {
  console.table({ train: dataset.train.perClass, test: dataset.test.perClass });
  for (const mean of dataset.meanImages) {
    console.log(toPngUrl(samplePicture(mean, dataset.sampleShape)));
  }
}`;
}
