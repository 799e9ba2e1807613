// The outline of a small run's notebook, and three of its charts: files that a person reads in a diff.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderChart, type Chart } from '@convbook/page/charts';
import { markupLines, pageOutline } from '@convbook/page/testing';
import { readRun, type DatasetRecord, type Evaluation } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, expect, test } from 'vitest';
import { calibration } from '../analysis/calibration.ts';
import { histogramChart } from '../charts/histogram-chart.ts';
import { lossChart } from '../charts/loss-chart.ts';
import { reliabilityChart } from '../charts/reliability-chart.ts';
import { writeNotebook } from './write-runs.ts';

const directory = join(temporaryDirectory(), 'small');
const snapshot = (name: string) => join(import.meta.dirname, 'snapshots', name);

beforeAll(() => {
  writeSyntheticRun(directory, {
    classNames: ['0', '1', '2'],
    epochs: 2,
    stepsPerEpoch: 12,
    testSamples: 60,
    filters: 2,
  });
});

test('the notebook of a small run', async () => {
  const page = readFileSync(await writeNotebook(directory), 'utf8');
  await expect(pageOutline(page)).toMatchFileSnapshot(snapshot('notebook.txt'));
});

/** The wide drawing alone. */
async function drawn(chart: Chart | null): Promise<string> {
  if (chart === null) throw new Error('drawn: expected a chart, got none');
  const markup = String(await renderChart(chart));
  const [svg = ''] = /<svg.*?<\/svg>/s.exec(markup) ?? [];
  return markupLines(svg);
}

const charts: [string, (run: ReturnType<typeof readRun>) => Chart | null][] = [
  ['loss', lossChart],
  ['reliability', ({ evaluation }) => reliabilityChart(calibration(evaluation as Evaluation))],
  ['histogram', ({ dataset }) => histogramChart(dataset as DatasetRecord)],
];

test.each(charts)('the chart of the %s', async (name, chartOf) => {
  const svg = await drawn(chartOf(readRun(directory)));
  await expect(svg).toMatchFileSnapshot(snapshot(`${name}.svg.txt`));
});
