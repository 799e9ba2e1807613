import { worstMistakes, type Mistake } from '../evaluation.ts';
import { formatCount, formatPlural, formatProbability } from '../format.ts';
import { labelSuspects, type LabelSuspect } from '../label-suspects.ts';
import { html, type Html } from '../html.ts';
import { pictureImage } from '../images/picture-image.ts';
import { samplePicture } from '../images/png.ts';
import type { Run, Samples } from '../run/run.ts';
import { sampleCard } from '../sample-card.ts';
import { quote, sourceFold } from '../source-code.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';

/** Most mistakes shown. */
const mostShown = 24;

/** Most suspect labels shown. */
const mostSuspects = 12;

/** The test images whose label the model found least probable. */
export const mistakesCell: Cell = {
  id: 'mistakes',
  title: 'The worst mistakes',
  render(run) {
    const { evaluation, samples } = run;
    if (evaluation === null || samples === null) return null;
    const mistakes = worstMistakes(evaluation);
    const shown = mistakes.filter(({ index }) => samples.images.has(index)).slice(0, mostShown);
    if (shown.length === 0) return null;
    const amount =
      shown.length === mistakes.length
        ? `all ${formatPlural(mistakes.length, 'mistake')}`
        : `the ${shown.length} worst of ${formatCount(mistakes.length)} mistakes`;
    return html`<p>
        The model gives each class a probability (softmax). Below are ${amount}: test images to
        whose label it gave the least. Judge each yourself. Where you also hesitate, the image is
        hard or its label doubtful; where you do not, the model has missed something. Clean images
        called wrong with a probability above 99% would be bad: the model is then sure of itself
        where it should not be.
      </p>
      <figure class="wide">
        <div class="mistakes">
          ${shown.map((mistake) => card(mistake, samples, run.record.data.classNames))}
        </div>
        <figcaption>
          Under each image what the model says, with its probability, then the label and the
          probability it was given. The number is the image’s place in the test set.
        </figcaption>
      </figure>
      ${suspects(run)} ${sourceFold(code(run))}`;
  },
};

/** Labels that the model contradicts as surely as it usually confirms them. */
function suspects({ evaluation, samples, record }: Run): Html | null {
  if (evaluation === null || samples === null) return null;
  const found = labelSuspects(evaluation);
  if (found.length === 0) return null;
  const shown = found.slice(0, mostSuspects);
  const names = record.data.classNames;
  const table = renderTable<LabelSuspect>({
    caption: 'Labels to look at again',
    columns: [
      { head: 'Test image', heading: true, value: ({ index }) => `#${index}` },
      { head: 'Image', value: ({ index }) => thumbnail(index, samples) },
      { head: 'Label', value: ({ label }) => names[label] },
      { head: 'Given', numeric: true, value: (one) => formatProbability(one.labelProbability) },
      { head: 'Looks like', value: ({ likely }) => names[likely] },
      { head: 'Given', numeric: true, value: (one) => formatProbability(one.likelyProbability) },
    ],
    rows: shown,
  });
  return html`<p>
      A label is suspect where the model is as sure of another class as it is, on average, of that
      class’s own images (confident learning, Northcutt and others 2021). That holds for
      ${formatPlural(found.length, 'test image')}${shown.length < found.length && `, of which the ${shown.length} surest follow`}.
      Most are the model’s mistakes, a few the data set’s: look before you blame either.
    </p>
    <figure>${table}</figure>`;
}

function thumbnail(index: number, { images, shape }: Samples): Html | string {
  const bytes = images.get(index);
  if (bytes === undefined) return '–';
  return pictureImage(samplePicture(bytes, shape), '', 'small');
}

function card(mistake: Mistake, samples: Samples, names: readonly string[]): Html {
  const { index, label, prediction, predictionProbability, labelProbability } = mistake;
  const [said, given] = [predictionProbability, labelProbability].map(formatProbability);
  const alt = `Test image ${index}, labelled ${names[label]}, called ${names[prediction]}`;
  return sampleCard(samples, index, alt, {
    said: html`says <b>${names[prediction]}</b> ${said}`,
    isRight: false,
    label: html`label <b>${names[label]}</b> ${given}`,
  });
}

function code({ name }: Run): string {
  return `import { readRun, samplePicture, toPngUrl, worstMistakes } from '@convbook/report';

const { evaluation, samples } = readRun(${quote(`reports/${name}`)});
if (evaluation && samples) {
  for (const mistake of worstMistakes(evaluation)) {
    const image = samples.images.get(mistake.index);
    if (image) console.log(mistake, toPngUrl(samplePicture(image, samples.shape)));
  }
}`;
}
