import { classScores, confusionCounts, type ClassScore } from '../evaluation.ts';
import { formatCount, formatPercent } from '../format.ts';
import { html, type Html } from '../html.ts';
import { renderTable, type Column } from '../table.ts';
import type { TestedRun } from './compared-run.ts';
import { signedPoints } from './paired-part.ts';

interface ClassRow {
  name: string;
  scores: ClassScore[];
}

/** Recall of each class in every run, and how much it differs from the first's. */
export function classPart(tested: readonly TestedRun[]): Html {
  const names = tested[0].run.record.data.classNames;
  const scores = tested.map(({ evaluation }) => classScores(confusionCounts(evaluation)));
  const rows = names.map((name, k) => ({ name, scores: scores.map((own) => own[k]) }));
  return html`<p>
      The share of each class’s images that a run recognizes (recall). ${largest(rows, tested)} A
      gain that comes from one class only, paid for by another, would be bad: the model has then
      moved a boundary and learned nothing.
    </p>
    <figure>${recallTable(rows, tested)}</figure>
    <figure>${f1Table(rows, tested)}</figure>`;
}

function difference(row: ClassRow, k: number, of: 'recall' | 'f1'): number | null {
  const [first, own] = [row.scores[0][of], row.scores[k][of]];
  return first === null || own === null ? null : own - first;
}

function largest(rows: readonly ClassRow[], tested: readonly TestedRun[]): string {
  const all = rows.flatMap((row) =>
    tested.slice(1).map(({ letter }, k) => ({
      letter,
      name: row.name,
      by: difference(row, k + 1, 'recall') ?? 0,
    })),
  );
  const most = all.reduce((a, b) => (Math.abs(b.by) > Math.abs(a.by) ? b : a));
  if (most.by === 0) return 'No class differs.';
  return (
    `The largest difference to ${tested[0].letter} has ${most.letter} in class ${most.name}: ` +
    `${signedPoints(most.by)} percentage points.`
  );
}

function recallTable(rows: readonly ClassRow[], tested: readonly TestedRun[]): Html {
  return scoreTable('Recall of each class, and its difference in percentage points', 'recall', {
    ...{ rows, tested },
    support: [
      { head: 'Images', numeric: true, value: (row) => formatCount(row.scores[0].support) },
    ],
  });
}

function f1Table(rows: readonly ClassRow[], tested: readonly TestedRun[]): Html {
  const caption = 'F1 of each class (precision and recall in one), and its difference';
  return scoreTable(caption, 'f1', { rows, tested, support: [] });
}

function scoreTable(
  caption: string,
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
  const sizes = rows.flatMap((row) => tested.map((_, k) => Math.abs(difference(row, k, of) ?? 0)));
  const most = sizes.reduce((a, b) => Math.max(a, b), 0) || 1;
  const own = tested.map(({ letter }, k): Column<ClassRow> => ({
    ...{ head: letter, numeric: true },
    value: ({ scores }) => (scores[k][of] === null ? '–' : formatPercent(scores[k][of])),
  }));
  const differences = tested.slice(1).flatMap(({ letter }, at): Column<ClassRow>[] => {
    const by = (row: ClassRow) => difference(row, at + 1, of);
    return [
      {
        ...{ head: `${letter} − ${tested[0].letter}`, numeric: true },
        value: (row) => (by(row) === null ? '–' : signedPoints(by(row) as number)),
      },
      {
        head: html`<span class="hidden">Difference as a bar</span>`,
        value: (row) => differenceBar((by(row) ?? 0) / most),
      },
    ];
  });
  return renderTable<ClassRow>({
    caption,
    style: 'data differences',
    columns: [
      { head: 'Class', heading: true, value: ({ name }) => name },
      ...[...support, ...own, ...differences],
    ],
    rows,
  });
}

/** A bar from the middle, to the right where more, to the left where less; `share` from −1 to 1. */
function differenceBar(share: number): Html {
  const side = share < 0 ? 'less' : 'more';
  return html`<span class="swing"
    ><i class="${side}" style="--share:${Math.abs(share).toFixed(3)}"></i
  ></span>`;
}
