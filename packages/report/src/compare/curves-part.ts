import { renderChart } from '../charts/chart.ts';
import { formatNumber, formatPercent } from '../format.ts';
import { html, type Html } from '../html.ts';
import { detailFold } from '../source-code.ts';
import { renderTable, type Column } from '../table.ts';
import type { ComparedRun } from './compared-run.ts';
import { overlayCharts } from './overlay-charts.ts';

/** The curves of all runs over each other; null where none has taken a step. */
export async function curvesPart(compared: readonly ComparedRun[]): Promise<Html | null> {
  const charts = overlayCharts(compared);
  if (charts.length === 0) return null;
  const figures: Html[] = [];
  for (const chart of charts) {
    figures.push(html`<figure>${await renderChart(chart)}</figure>`);
  }
  return html`<p>
      Look where curves part and whether they stay apart: a lead that comes and goes is noise. By
      epochs the runs have seen equally many images; by time they have cost equally much. A training
      loss that is lower while the test loss is higher would be bad: that run overfits more.
    </p>
    ${figures} ${detailFold('The curves as a table', epochTable(compared))}`;
}

function epochTable(compared: readonly ComparedRun[]): Html {
  const last = Math.max(...compared.map(({ run }) => run.epochs.at(-1)?.epoch ?? 0));
  const at = ({ run }: ComparedRun, epoch: number) => run.epochs.find((e) => e.epoch === epoch);
  const columns = compared.flatMap((one): Column<number>[] => {
    const value =
      (text: (event: NonNullable<ReturnType<typeof at>>) => string) => (epoch: number) => {
        const event = at(one, epoch);
        return event === undefined ? '–' : text(event);
      };
    return [
      {
        ...{ head: `${one.letter} accuracy`, numeric: true },
        value: value(({ testAccuracy }) => formatPercent(testAccuracy)),
      },
      {
        ...{ head: 'test loss', numeric: true },
        value: value(({ testLoss }) => formatNumber(testLoss)),
      },
      {
        ...{ head: 'training loss', numeric: true },
        value: value(({ trainLoss }) => formatNumber(trainLoss)),
      },
    ];
  });
  return renderTable<number>({
    caption: 'After each epoch, in every run',
    columns: [{ head: 'Epoch', heading: true, value: (epoch) => epoch }, ...columns],
    rows: Array.from({ length: last }, (_, k) => k + 1),
  });
}
