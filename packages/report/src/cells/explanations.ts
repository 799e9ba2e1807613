import { correlation } from '../correlation.ts';
import { samplesToExplain } from '../explain/chosen-samples.ts';
import {
  affordableImages,
  explain,
  occluder,
  type Explanation,
  type Method,
} from '../explain/explain.ts';
import { camLayer } from '../explain/grad-cam.ts';
import type { Networks } from '../explain/networks.ts';
import { formatNumber, formatShape, formatSigned } from '../format.ts';
import { html, type Html } from '../html.ts';
import { largestSize } from '../images/diverging.ts';
import type { Run } from '../run/run.ts';
import { detailFold, quote, sourceFold } from '../source-code.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';
import { explanationCard, methodNames } from './explanation-card.ts';
import { scaleLegend } from './scale-legend.ts';

const scaleDescription =
  'Colour scale from minus the largest size in a map, orange, over 0, no colour, to plus the largest, blue';

/** Which parts of an image an answer rests on, by three methods and their check. */
export const explanationsCell: Cell = {
  id: 'explanations',
  title: 'Why it says so',
  render(run, _live, networks) {
    const { evaluation, samples } = run;
    if (evaluation === null || samples === null || networks === null) return null;
    const { model } = networks.trained;
    if (model.input.length !== 3) return null;
    const count = affordableImages(model);
    const wrong = Math.floor(count / 3);
    const indexes = samplesToExplain(run, count - wrong, wrong);
    if (indexes.length === 0) return null;
    const fill = occluder(run.dataset);
    const found = explain(networks, samples, evaluation.labels, indexes, fill);
    const names = run.record.data.classNames;
    return html`<p>
        Each map colours what the answer rests on, as one method sees it, for the class the network
        names. Below it is the same method with the random weights the network had before its first
        step (seed ${networks.seed}), for the same class. Look for maps that lie on the object and
        that training changed. Maps on the background or an edge of the image would be bad: the
        answer then rests on something else. Maps that look the same with random weights would be
        bad for the method: it then shows the image and not what was learned.
      </p>
      <ul>
        ${explained(found, networks, fill)}
      </ul>
      <figure class="wide">
        <div class="explanations">${found.map((one) => explanationCard(one, samples, names))}</div>
        ${scaleLegend(scaleDescription, 'largest')}
        <figcaption>
          Each map has its own scale, up to its largest value, over a faint copy of the image: on
          one scale for both networks the random one, whose logits are small, would be blank, and
          the check would prove nothing. A blank Grad-CAM says that no map speaks for the class on
          the whole. ${last(found)}
        </figcaption>
      </figure>
      <p>${check(found)}</p>
      <p>
        What these maps do not prove: that the network would answer otherwise because of what they
        colour, that it sees an object as one does, or that it is right. A gradient holds only for
        the smallest changes; a covered image is one the network never saw in training; Grad-CAM is
        as coarse as the map it is made of, and leaves out what speaks against a class. Where the
        three disagree, none of them is the truth.
      </p>
      ${detailFold('The maps as a table', mapTable(found))} ${sourceFold(code(run, fill))}`;
  },
};

/** Which images were chosen. */
function last(found: readonly Explanation[]): string {
  const wrong = found.filter(({ label, says }) => label !== says).length;
  if (wrong === 0) return 'All are named rightly.';
  return `The last ${wrong === 1 ? 'is the worst mistake' : `${wrong} are the worst mistakes`}, the others are named rightly.`;
}

/** What each method measures. */
function explained(found: readonly Explanation[], { trained }: Networks, fill: number): Html[] {
  const layer = camLayer(trained.model);
  const texts: Record<Method, string> = {
    saliency: 'how much the logit of the class changes with each pixel: the size of its gradient.',
    occlusion: `how much the logit falls (blue) or rises (orange) where a patch of a fifth of the image’s rows and columns covers it; the patch has the value ${formatNumber(fill, 2)}.`,
    gradCam: `where the maps of ${layer?.name} that raise the logit are active, by gradients at its activation (the last convolution with at least 4×4 places); ${formatShape(layer?.shape.slice(1) ?? [])} places, stretched over the image.`,
  };
  return found[0].methods.map(
    ({ method }) => html`<li><b>${methodNames[method]}</b>: ${texts[method]}</li> `,
  );
}

/** How far training changed the maps, in a sentence. */
function check(found: readonly Explanation[]): string {
  const means = found[0].methods.map(({ method }, k) => {
    const values = found.map(({ methods }) =>
      correlation(methods[k].trained, methods[k].untrained),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return `${methodNames[method]} ${formatSigned(mean)}`;
  });
  return `The check in numbers: over these ${found.length} images the maps of the trained and of the random network correlate on average by ${means.join(', ')}. Near 0 they have nothing in common; near 1 the method hardly sees the training.`;
}

function mapTable(found: readonly Explanation[]): Html {
  return renderTable({
    caption: 'The maps: their largest values, and how alike the two networks’ are',
    columns: [
      { head: 'Test image', heading: true, value: ({ index }) => `#${index}` },
      { head: 'Method', value: ({ maps }) => methodNames[maps.method] },
      {
        head: 'Largest',
        numeric: true,
        value: ({ maps }) => formatNumber(largestSize(maps.trained)),
      },
      {
        head: 'Largest, random weights',
        numeric: true,
        value: ({ maps }) => formatNumber(largestSize(maps.untrained)),
      },
      {
        head: 'Correlation',
        numeric: true,
        value: ({ maps }) => formatSigned(correlation(maps.trained, maps.untrained)),
      },
    ],
    rows: found.flatMap(({ index, methods }) => methods.map((maps) => ({ index, maps }))),
  });
}

function code({ name }: Run, fill: number): string {
  return `import { explain, overlayPicture, readNetworks, readRun, toPngUrl } from '@convbook/report';

const directory = ${quote(`reports/${name}`)};
const { evaluation, samples } = readRun(directory);
const networks = await readNetworks(directory); // trained, and as it began
if (evaluation && samples && networks) {
  const [index] = samples.images.keys();
  const image = samples.images.get(index);
  for (const one of explain(networks, samples, evaluation.labels, [index], ${fill})) {
    for (const { method, shape, trained, untrained } of one.methods) {
      for (const map of [trained, untrained]) {
        const limit = Math.max(...map.map(Math.abs));
        console.log(method, toPngUrl(overlayPicture(map, shape, image, samples.shape, limit)));
      }
    }
  }
}`;
}
