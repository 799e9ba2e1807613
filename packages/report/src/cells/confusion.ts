import { classScores, confusionCounts, type ClassScore } from '../evaluation.ts';
import { formatCount, formatList, formatPercent, formatPlural } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Run } from '../run/run.ts';
import { quote, sourceFold } from '../source-code.ts';
import { renderTable, scroller } from '../table.ts';
import type { Text } from '../text.ts';
import type { Cell } from './cell.ts';
import { called, confusionImages, type ConfusionImages } from './confusion-images.ts';

/** A matrix of more classes than this is a list of its largest entries instead. */
const mostClasses = 40;

/** Which classes are taken for which, and how well each is found. */
export const confusionCell: Cell = {
  id: 'confusion',
  title: { en: 'Confusion matrix', ko: '혼동 행렬' },
  render(run) {
    if (run.evaluation === null) return null;
    const names = run.record.data.classNames;
    const counts = confusionCounts(run.evaluation);
    const scores = classScores(counts);
    const images = confusionImages(run);
    return html`<p>
        ${{
          en: 'Each row holds the test images of one class and says what the model called them; the diagonal is right. Look for pairs: two cells mirrored at the diagonal mean that two classes look alike to the model. A full column off the diagonal would be bad: a class that attracts whatever the model is unsure of.',
          ko: '각 행은 한 클래스의 시험 이미지를 모델이 무엇이라고 분류했는지 나타내며, 대각선이 정답입니다. 짝을 찾아보십시오. 대각선을 사이에 두고 마주 보는 두 칸은 모델에 두 클래스가 비슷해 보인다는 뜻입니다. 대각선 밖에서 한 열이 가득 차면 좋지 않습니다. 모델이 확신하지 못하는 것을 모두 끌어당기는 클래스이기 때문입니다.',
        }}
        ${finding(counts, names)} ${images && html`<span class="hint">${hint}</span>`}
      </p>
      <figure>
        ${names.length <= mostClasses ? matrix(counts, names, images) : pairTable(counts, names, images)}
        ${images?.panels}
      </figure>
      <p>
        ${{
          en: 'Precision is the share of right ones among the images given a class, recall the share found of the images that are of it, and F1 their harmonic mean.',
          ko: '정밀도는 그 클래스로 분류된 이미지 가운데 맞은 비율, 재현율은 그 클래스의 이미지 가운데 찾아낸 비율이며, F1은 둘의 조화 평균입니다.',
        }}
        ${weakest(scores, names)}
      </p>
      <figure>${scoreTable(scores, names)}</figure>
      ${sourceFold(code(run))}`;
  },
};

const hint: Text = { en: 'A count opens its images.', ko: '수를 누르면 그 이미지들이 열립니다.' };

interface Pair {
  label: number;
  prediction: number;
  count: number;
}

function confusedPairs(counts: readonly (readonly number[])[]): Pair[] {
  return counts
    .flatMap((row, label) => row.map((count, prediction) => ({ label, prediction, count })))
    .filter(({ label, prediction, count }) => label !== prediction && count > 0)
    .sort((a, b) => b.count - a.count);
}

function finding(counts: readonly (readonly number[])[], names: readonly string[]): Text {
  const pairs = confusedPairs(counts);
  if (pairs.length === 0) {
    return { en: 'Here every test image is right.', ko: '여기서는 모든 시험 이미지가 맞습니다.' };
  }
  const largest = pairs
    .slice(0, 3)
    .map(({ label, prediction, count }) => ({ said: called(label, prediction, names), count }));
  return {
    en: `The most frequent here: ${formatList(largest.map(({ said, count }) => `${said.en} (${count})`))}.`,
    ko: `여기서 가장 잦은 것: ${largest.map(({ said, count }) => `${said.ko} (${count}장)`).join(', ')}.`,
  };
}

function weakest(scores: readonly ClassScore[], names: readonly string[]): Text | null {
  const rated = scores.map(({ f1 }, k) => ({ f1, k })).filter(({ f1 }) => f1 !== null);
  rated.sort((a, b) => Number(a.f1) - Number(b.f1));
  const [last, best] = [rated[0], rated.at(-1)];
  if (last === undefined) return null;
  const f1 = formatPercent(Number(last.f1), 1);
  if (rated.length > 1 && last.f1 === best?.f1) {
    return { en: `Every class has an F1 of ${f1}.`, ko: `모든 클래스의 F1이 ${f1}입니다.` };
  }
  return {
    en: `The lowest F1, ${f1}, is that of class ${names[last.k]}.`,
    ko: `F1이 가장 낮은 클래스: ${names[last.k]} (${f1}).`,
  };
}

/** A count, as a link to its images where there are any. */
function countLink(
  images: ConfusionImages | null,
  names: readonly string[],
  { label, prediction, count }: Pair,
): Html | string {
  const anchor = images?.anchor(label, prediction) ?? null;
  if (anchor === null) return formatCount(count);
  const said = called(label, prediction, names);
  const name = {
    en: `${formatCount(count)}: ${said.en}, show images`,
    ko: `${formatCount(count)}: ${said.ko}, 이미지 보기`,
  };
  return html`<a href="#${anchor}" aria-label="${name}">${formatCount(count)}</a>`;
}

const all: Text = { en: 'all', ko: '전체' };

function matrix(
  counts: readonly (readonly number[])[],
  names: readonly string[],
  images: ConfusionImages | null,
): Html {
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const worst = Math.max(1, ...confusedPairs(counts).map(({ count }) => count));
  const rows = counts.map((row, label) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, prediction) => {
      if (count === 0) return html`<td class="none"><span class="hidden">0</span></td>`;
      const share = label === prediction ? count / support : count / worst;
      const kind = label === prediction ? 'right' : 'wrong';
      return html`<td class="${kind}" style="--share:${share.toFixed(3)}">
        ${countLink(images, names, { label, prediction, count })}
      </td>`;
    });
    return html`<tr>
      <th scope="row">${names[label]}</th>
      ${cells}
      <td class="sum">${formatCount(support)}</td>
    </tr> `;
  });
  const columnSums = names.map((_, k) => counts.reduce((sum, row) => sum + row[k], 0));
  const caption = {
    en: `Confusion matrix over ${formatPlural(total, 'test image')}: rows are labels, columns what the model says`,
    ko: `시험 이미지 ${formatCount(total)}장의 혼동 행렬: 행은 레이블, 열은 모델의 답`,
  };
  return scroller(
    caption,
    html`<table class="matrix">
      <caption>
        <span>${caption}</span>
      </caption>
      <thead>
        <tr>
          <td></td>
          ${names.map((name) => html`<th scope="col">${name}</th>`)}
          <th scope="col" class="sum">${all}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${all}</th>
          ${columnSums.map((sum) => html`<td class="sum">${formatCount(sum)}</td>`)}
          <td class="sum">${formatCount(total)}</td>
        </tr>
      </tfoot>
    </table>`,
  );
}

function pairTable(
  counts: readonly (readonly number[])[],
  names: readonly string[],
  images: ConfusionImages | null,
): Html {
  return renderTable<Pair>({
    caption: { en: 'The most frequent confusions', ko: '가장 잦은 혼동' },
    columns: [
      { head: { en: 'Label', ko: '레이블' }, heading: true, value: ({ label }) => names[label] },
      {
        head: { en: 'Model says', ko: '모델의 답' },
        value: ({ prediction }) => names[prediction],
      },
      {
        head: { en: 'Images', ko: '이미지' },
        numeric: true,
        value: (pair) => countLink(images, names, pair),
      },
    ],
    rows: confusedPairs(counts).slice(0, 50),
  });
}

const counts = [
  { head: { en: 'Images', ko: '이미지' }, of: 'support' },
  { head: { en: 'Given', ko: '답' }, of: 'predicted' },
  { head: { en: 'Right', ko: '정답' }, of: 'correct' },
] as const;

function scoreTable(scores: readonly ClassScore[], names: readonly string[]): Html {
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value, 1));
  return renderTable<ClassScore>({
    caption: {
      en: 'Scores of each class on the test images',
      ko: '시험 이미지에 대한 클래스별 점수',
    },
    columns: [
      {
        head: { en: 'Class', ko: '클래스' },
        heading: true,
        value: (score) => names[scores.indexOf(score)],
      },
      ...counts.map(({ head, of }) => ({
        ...{ head, numeric: true },
        value: (score: ClassScore) => formatCount(score[of]),
      })),
      {
        head: { en: 'Precision', ko: '정밀도' },
        numeric: true,
        value: ({ precision }) => percent(precision),
      },
      {
        head: { en: 'Recall', ko: '재현율' },
        numeric: true,
        value: ({ recall }) => percent(recall),
      },
      { head: 'F1', numeric: true, value: ({ f1 }) => percent(f1) },
    ],
    rows: scores,
  });
}

function code({ name }: Run): string {
  return `import { classScores, confusionCounts, readRun } from '@convbook/report';

const { evaluation } = readRun(${quote(`reports/${name}`)});
if (evaluation) {
  const counts = confusionCounts(evaluation); // [label][prediction]
  console.table(counts);
  console.table(classScores(counts));
}`;
}
