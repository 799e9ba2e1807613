// Scores of each class: a table of the confusion matrix's cell.
import { formatCount, formatPercent, renderTable, type Html, type Text } from '@convbook/page';
import type { ClassScore } from '../analysis/evaluation.ts';

const counts = [
  { head: { en: 'Images', ko: '이미지' }, of: 'support' },
  { head: { en: 'Predicted', ko: '예측' }, of: 'predicted' },
  { head: { en: 'Correct', ko: '맞음' }, of: 'correct' },
] as const;

/** Precision, recall and F1 of each class; of more than `most` those with the lowest F1, lowest first. Beside a matrix, which has them, no counts. */
export function scoreTable(
  scores: readonly ClassScore[],
  names: readonly string[],
  most: number,
  isBeside = false,
): Html {
  const worst = rated(scores)
    .sort((a, b) => Number(scores[a].f1) - Number(scores[b].f1) || a - b)
    .slice(0, most);
  const rows = scores.length <= most ? scores.map((_, k) => k) : worst;
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value, 1));
  return renderTable<number>({
    caption: captionOf(rows.length, scores.length),
    style: 'data names',
    isTall: true,
    columns: [
      {
        head: { en: 'Class', ko: '클래스' },
        heading: true,
        value: (k) => names[k],
      },
      ...(isBeside ? [] : counts).map(({ head, of }) => ({
        head,
        numeric: true,
        value: (k: number) => formatCount(scores[k][of]),
      })),
      {
        head: { en: 'Precision', ko: '정밀도' },
        numeric: true,
        value: (k) => percent(scores[k].precision),
      },
      {
        head: { en: 'Recall', ko: '재현율' },
        numeric: true,
        value: (k) => percent(scores[k].recall),
      },
      { head: 'F1', numeric: true, value: (k) => percent(scores[k].f1) },
    ],
    rows,
  });
}

/** Classes with a score: of the others there was no test image, and none was given. */
function rated(scores: readonly ClassScore[]): number[] {
  return scores.flatMap(({ f1 }, k) => (f1 === null ? [] : [k]));
}

function captionOf(shown: number, all: number): Text {
  if (shown === all) {
    return {
      en: 'Scores of each class on the test images',
      ko: '시험 이미지에 대한 클래스별 점수',
    };
  }
  const [some, whole, rest] = [shown, all, all - shown].map(formatCount);
  return {
    en: `Scores on the test images of the ${some} classes with the lowest F1, of ${whole}; ${rest} are left out`,
    ko: `시험 이미지에 대한 점수: 클래스 ${whole}개 중 F1이 가장 낮은 ${some}개(${rest}개 생략)`,
  };
}
