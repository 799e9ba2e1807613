import { formatList, formatPercent, formatPlural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { pageLayout, type Part } from '../layout.ts';
import { readAsset, renderPage } from '../page.ts';
import type { Run } from '../run/run.ts';
import { quote, sourceFold } from '../source-code.ts';
import { classPart } from './class-part.ts';
import { onSameTestSet, toCompared, type ComparedRun } from './compared-run.ts';
import { curvesPart } from './curves-part.ts';
import { leftOut, pairedPart } from './paired-part.ts';
import { runsPart, settingsPart } from './runs-part.ts';

/**
 * Runs beside each other as one self-contained HTML document, the same text whenever it is made.
 *
 * @throws ConfigurationError where there are fewer than two runs, or more than can be told apart.
 */
export async function renderComparison(runs: readonly Run[]): Promise<string> {
  const compared = toCompared(runs);
  const names = runs.map(({ name }) => name);
  const curves = await curvesPart(compared);
  const parts: Part[] = [
    { id: 'runs', title: 'The runs', content: runsPart(compared) },
    { id: 'settings', title: 'What differs', content: settingsPart(compared) },
    ...(curves === null ? [] : [{ id: 'curves', title: 'Over each other', content: curves }]),
    ...testParts(compared),
  ];
  return renderPage({
    title: `Comparison of ${formatList(names)}`,
    scripts: [readAsset('notebook.js')],
    body: pageLayout(
      {
        kicker: 'Convbook · comparison',
        heading: html`${formatPlural(runs.length, 'run')} <span>beside each other</span>`,
        lead: lead(compared),
      },
      parts,
    ),
  });
}

function lead(compared: readonly ComparedRun[]): string {
  const results = compared.map(({ letter, run: { name, record } }) =>
    record.result === undefined
      ? `${letter} (${name}) did not finish`
      : `${letter} (${name}) names ${formatPercent(record.result.testAccuracy)} of its test images correctly`,
  );
  return `${formatList(results)}.`;
}

/** What needs answers to the same test images. */
function testParts(compared: readonly ComparedRun[]): Part[] {
  const { tested, left } = onSameTestSet(compared);
  const note = leftOut(left);
  const part = (id: string, title: string, content: Html | null): Part => ({
    ...{ id, title },
    content: html`${note} ${content}`,
  });
  if (tested.length < 2) return [part('images', 'The same test images', unpaired())];
  return [
    part('classes', 'Class by class', classPart(tested)),
    part(
      ...(['images', 'The same test images, answered by both'] as const),
      html`${pairedPart(tested)} ${sourceFold(code(tested))}`,
    ),
  ];
}

function unpaired(): Html {
  return html`<p>
    Classes and errors are not compared: no other run answered the test images of the first.
  </p>`;
}

function code([first, second]: readonly ComparedRun[]): string {
  return `import { pairedErrors, readRun } from '@convbook/report';

const first = readRun(${quote(`reports/${first.run.name}`)}).evaluation;
const second = readRun(${quote(`reports/${second.run.name}`)}).evaluation;
if (first && second) console.log(pairedErrors(first, second));`;
}
