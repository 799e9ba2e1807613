import { highest } from '@convbook/core';
import {
  captionOf,
  formatCount,
  formatPercent,
  hidden,
  html,
  renderTable,
  type Column,
  type Html,
  type Text,
} from '@convbook/page';
import { confusionCells, scoresOfCells } from '../../analysis/confusion-cells.ts';
import type { ClassScore } from '../../analysis/evaluation.ts';
import { largest as largestOf } from '../../analysis/largest.ts';
import type { TestedRun } from './compared-run.ts';
import { signedPoints } from './paired-part.ts';

/** Most classes in a table: those that differ most. */
const mostClasses = 100;

interface ClassRow {
  name: string;
  scores: ClassScore[];
}

/** Recall of each class in every run, and how much it differs from the first's. */
export function classPart(tested: readonly TestedRun[]): Html {
  const names = tested[0].run.record.data.classNames;
  const scores = tested.map(({ evaluation }) =>
    scoresOfCells(confusionCells(evaluation), names.length),
  );
  const rows = names.map((name, k) => ({ name, scores: scores.map((own) => own[k]) }));
  return html`<p>
      ${{
        en: 'The share of each class’s images that a run recognizes (recall).',
        ko: '실행이 알아본 클래스별 이미지의 비율(재현율)입니다.',
      }}
      ${largest(rows, tested)}
      ${{
        en: 'If one class gains what another loses, the model has only moved a boundary: add images of both.',
        ko: '한 클래스가 얻은 만큼 다른 클래스가 잃었다면 모델이 경계를 옮겼을 뿐이므로, 두 클래스의 이미지를 더 모으십시오.',
      }}
    </p>
    <figure>${recallTable(rows, tested)}</figure>
    <figure>${f1Table(rows, tested)}</figure>`;
}

function difference(row: ClassRow, k: number, of: 'recall' | 'f1'): number | null {
  const [first, own] = [row.scores[0][of], row.scores[k][of]];
  return first === null || own === null ? null : own - first;
}

function largest(rows: readonly ClassRow[], tested: readonly TestedRun[]): Text {
  const all = rows.flatMap((row) =>
    tested.slice(1).map(({ letter }, k) => ({
      letter,
      name: row.name,
      by: difference(row, k + 1, 'recall') ?? 0,
    })),
  );
  const most = all.reduce((a, b) => (Math.abs(b.by) > Math.abs(a.by) ? b : a));
  if (most.by === 0) return { en: 'No class differs.', ko: '차이가 있는 클래스는 없습니다.' };
  const [first, by] = [tested[0].letter, signedPoints(most.by)];
  return {
    en: `The largest difference from ${first} is that of ${most.letter} in class ${most.name}: ${by} percentage points.`,
    ko: `실행 ${first}에 대한 가장 큰 차이: 실행 ${most.letter}, 클래스 ${most.name}, ${by}%포인트.`,
  };
}

function recallTable(rows: readonly ClassRow[], tested: readonly TestedRun[]): Html {
  const caption = {
    en: 'Recall of each class, and its difference in percentage points',
    ko: '클래스별 재현율과 그 차이(%포인트)',
  };
  return scoreTable(caption, 'recall', {
    rows,
    tested,
    support: [
      {
        head: { en: 'Images', ko: '이미지' },
        numeric: true,
        value: (row) => formatCount(row.scores[0].support),
      },
    ],
  });
}

function f1Table(rows: readonly ClassRow[], tested: readonly TestedRun[]): Html {
  const caption = {
    en: 'F1 of each class (precision and recall in one), and its difference',
    ko: '클래스별 F1(정밀도와 재현율을 하나로)과 그 차이',
  };
  return scoreTable(caption, 'f1', { rows, tested, support: [] });
}

function scoreTable(
  caption: Text,
  of: 'recall' | 'f1',
  {
    rows,
    tested,
    support,
  }: {
    rows: readonly ClassRow[];
    tested: readonly TestedRun[];
    support: readonly Column<ClassRow>[];
  },
): Html {
  const sizes = rows.map((row) =>
    highest(tested.map((_, k) => Math.abs(difference(row, k, of) ?? 0))),
  );
  const most = highest(sizes) || 1;
  const shown = largestOf(rows.length, mostClasses, (k) => sizes[k]).map((k) => rows[k]);
  const own = tested.map(({ letter }, k): Column<ClassRow> => ({
    head: letter,
    numeric: true,
    value: ({ scores }) => (scores[k][of] === null ? '–' : formatPercent(scores[k][of])),
  }));
  const differences = tested.slice(1).flatMap(({ letter }, at): Column<ClassRow>[] => {
    const by = (row: ClassRow) => difference(row, at + 1, of);
    return [
      {
        head: `${letter} − ${tested[0].letter}`,
        numeric: true,
        value: (row) => (by(row) === null ? '–' : signedPoints(by(row) as number)),
      },
      {
        head: hidden({ en: 'Difference as a bar', ko: '막대로 본 차이' }),
        value: (row) => differenceBar((by(row) ?? 0) / most),
      },
    ];
  });
  return renderTable<ClassRow>({
    caption: captionOf(caption, shown.length, rows.length),
    style: 'data differences',
    columns: [
      { head: { en: 'Class', ko: '클래스' }, heading: true, value: ({ name }) => name },
      ...support,
      ...own,
      ...differences,
    ],
    rows: shown,
  });
}

/** A bar from the middle, to the right where more, to the left where less; `share` from −1 to 1. */
function differenceBar(share: number): Html {
  const side = share < 0 ? 'less' : 'more';
  return html`<span class="swing"
    ><i class="${side}" style="--share:${Math.abs(share).toFixed(3)}"></i
  ></span>`;
}
