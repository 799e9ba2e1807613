import {
  formatList,
  formatPercent,
  formatPlural,
  html,
  pageLayout,
  quote,
  renderPage,
  sourceFold,
  type Html,
  type Part,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import { chartScript, readScript } from '../read-script.ts';
import { classPart } from './class-part.ts';
import { onSameTestSet, toCompared, type ComparedRun } from './compared-run.ts';
import { curvesPart } from './curves-part.ts';
import { leftOut, pairedPart } from './paired-part.ts';
import { runsPart, settingsPart } from './runs-part.ts';

/** Addresses of other pages, from this one. */
export interface ComparisonLinks {
  /** The notebook of each run, null where it has none. */
  readonly notebooks?: readonly (string | null)[];
  /** The list of runs. */
  readonly list?: string | undefined;
}

/**
 * Runs side by side as one self-contained HTML document, the same text whenever it is made.
 *
 * @throws ConfigurationError where there are fewer than two runs, or more than can be told apart.
 */
export async function renderComparison(
  runs: readonly Run[],
  { notebooks, list }: ComparisonLinks = {},
): Promise<string> {
  const compared = toCompared(runs, notebooks);
  const names = runs.map(({ name }) => name);
  const curves = await curvesPart(compared);
  const parts: Part[] = [
    { id: 'runs', title: { en: 'The runs', ko: '실행들' }, content: runsPart(compared) },
    {
      id: 'settings',
      title: { en: 'What differs', ko: '다른 점' },
      content: settingsPart(compared),
    },
    ...(curves === null
      ? []
      : [{ id: 'curves', title: { en: 'Curves', ko: '곡선' }, content: curves }]),
    ...testParts(compared),
  ];
  return renderPage({
    title: { en: `Comparison of ${formatList(names)}`, ko: `비교: ${names.join(', ')}` },
    scripts: [readScript('notebook.js'), await chartScript()],
    body: pageLayout(
      {
        kicker: { en: 'Convbook · comparison', ko: 'Convbook · 비교' },
        list,
        heading: html`${{ en: formatPlural(runs.length, 'run'), ko: `실행 ${runs.length}개` }}
          <span>${{ en: 'side by side', ko: '나란히 보기' }}</span>`,
        lead: lead(compared),
      },
      parts,
    ),
  });
}

function lead(compared: readonly ComparedRun[]): Text {
  const results = compared.map(({ letter, run: { name, record } }): Text => {
    if (record.result === undefined) {
      return { en: `${letter} (${name}) did not finish`, ko: `${letter}(${name}) 끝나지 않음` };
    }
    const accuracy = formatPercent(record.result.testAccuracy);
    return {
      en: `${letter} (${name}) classifies ${accuracy} of its test images correctly`,
      ko: `${letter}(${name}) ${accuracy}`,
    };
  });
  return {
    en: `${formatList(results.map(({ en }) => en))}.`,
    ko: `바르게 분류한 시험 이미지의 비율: ${results.map(({ ko }) => ko).join(', ')}.`,
  };
}

/** The parts that need predictions for the same test images. */
function testParts(compared: readonly ComparedRun[]): Part[] {
  const { tested, left } = onSameTestSet(compared);
  const note = leftOut(left);
  const part = (id: string, title: Text, content: Html | null): Part => ({
    id,
    title,
    content: html`${note} ${content}`,
  });
  if (tested.length < 2) {
    return [part('images', { en: 'The same test images', ko: '같은 시험 이미지' }, unpaired())];
  }
  return [
    part('classes', { en: 'Class by class', ko: '클래스별 비교' }, classPart(tested)),
    part(
      'images',
      { en: 'The same test images, answered by both', ko: '둘이 함께 답한 같은 시험 이미지' },
      html`${pairedPart(tested)} ${sourceFold(code(tested))}`,
    ),
  ];
}

function unpaired(): Html {
  return html`<p>
    ${{
      en: 'Classes and errors are not compared: no other run answered the test images of the first.',
      ko: '첫 번째 실행의 시험 이미지에 답한 다른 실행이 없으므로 클래스와 오류는 비교하지 않습니다.',
    }}
  </p>`;
}

function code([first, second]: readonly ComparedRun[]): string {
  return `import { pairedErrors, readRun } from '@convbook/report';

const first = readRun(${quote(`reports/${first.run.name}`)}).evaluation;
const second = readRun(${quote(`reports/${second.run.name}`)}).evaluation;
if (first && second) console.log(pairedErrors(first, second));`;
}
