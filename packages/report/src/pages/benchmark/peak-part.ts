import { detailFold, formatPercent, html, renderTable, type Html, type Text } from '@convbook/page';
import { palette, renderChart, rowsChart } from '@convbook/page/charts';
import type { BenchmarkReport, MeasuredSteps } from './benchmark-report.ts';
import { isDisturbed } from './busy.ts';
import { workersIn } from './steps-part.ts';

/** How much of the processor a step uses, and how well it spreads over cores. */
export async function peakPart({ steps }: BenchmarkReport): Promise<Html> {
  const quiet = steps.filter(hasPeak);
  const shares = rowsChart({
    id: 'bench-peak',
    title: {
      en: 'Share of what WebAssembly reaches here',
      ko: 'WebAssembly 최고 속도에 대한 비율',
    },
    alt: both((one) => `${one.model} × ${one.workers}: ${shareText(one)}`, quiet),
    groups: groupsOf(quiet, (one) => ({
      text: join(
        workersIn(one.workers),
        `${one.gigaflops.toFixed(1)} / ${one.peakGigaflops.toFixed(1)} GFLOP/s, ${shareText(one)}`,
      ),
      value: one.gigaflops / one.peakGigaflops,
      color: palette.blue.light,
    })),
    marks: 'bars',
    axis: { title: { en: 'of the measured peak', ko: '측정한 최고 속도 대비' }, format: '.0%' },
    reference: 1,
  });
  const several = steps.filter((one) => one.efficiency !== null && one.workers > 1);
  const efficiency = rowsChart({
    id: 'bench-efficiency',
    title: { en: 'Parallel efficiency', ko: '병렬 효율' },
    alt: both((one) => `${one.model} × ${one.workers}: ${speedUp(one).toFixed(2)}`, several),
    groups: groupsOf(several, (one) => ({
      text: join(
        workersIn(one.workers),
        `${speedUp(one).toFixed(2)} ×, ${formatPercent(one.efficiency ?? 0, 1)}`,
      ),
      value: one.efficiency ?? 0,
      color: palette.green.light,
    })),
    marks: 'bars',
    axis: {
      title: { en: 'speed-up over the workers', ko: '워커 수 대비 속도 향상' },
      format: '.0%',
    },
    reference: 1,
  });

  function both<One>(say: (one: One) => string, rows: readonly One[]): Text {
    const all = rows.map(say).join('; ');
    return { en: `Bar chart: ${all}.`, ko: `막대그래프: ${all}.` };
  }

  return html`<p>
      ${{
        en: 'The peak is a matrix product that stays in registers and cache, as wide as the kernels that train, timed in as many threads in the same process, and only where other processes leave the machine quiet. Floating-point operations are those of the plain algorithm, so a kernel that saves multiplications can pass it.',
        ko: '최고 속도는 레지스터와 캐시 안에서 도는 행렬 곱을 학습 커널과 같은 너비로, 같은 프로세스에서 같은 수의 스레드로 잰 것이며, 다른 프로세스가 기계를 쓰지 않을 때만 잽니다. 연산 수는 기본 알고리즘의 것이므로 곱셈을 줄이는 커널은 이를 넘을 수도 있습니다.',
      }}
    </p>
    ${quiet.length > 0 ? html`<figure>${await renderChart(shares)}</figure>` : html`<p>${busy}</p>`}
    ${
      several.length > 0 &&
      html`<p>
          ${{
            en: 'Efficiency is the speed-up over one worker, divided by the workers; 100% would be perfect. With more workers than cores it can only fall.',
            ko: '효율은 워커 하나에 대한 속도 향상을 워커 수로 나눈 것이며 100%가 이상적입니다. 코어보다 워커가 많으면 낮아질 수밖에 없습니다.',
          }}
        </p>
        <figure>${await renderChart(efficiency)}</figure>`
    }
    ${detailFold({ en: 'Both as a table', ko: '표로 보기' }, peakTable(steps))}`;
}

const busy: Text = {
  en: 'Other processes kept this machine busy: a peak measured now would be too low to compare with.',
  ko: '다른 프로세스가 이 기계를 쓰고 있어, 지금 잰 최고 속도는 비교하기에 너무 낮습니다.',
};

type QuietSteps = MeasuredSteps & { readonly peakGigaflops: number };

function hasPeak(steps: MeasuredSteps): steps is QuietSteps {
  return steps.peakGigaflops !== null && !isDisturbed(steps);
}

function shareText(steps: MeasuredSteps): string {
  return hasPeak(steps) ? formatPercent(steps.gigaflops / steps.peakGigaflops, 1) : '–';
}

function speedUp({ efficiency, workers }: MeasuredSteps): number {
  return (efficiency ?? 0) * workers;
}

function join({ en, ko }: Text, figures: string): Text {
  return { en: `${en}: ${figures}`, ko: `${ko}: ${figures}` };
}

/** Rows by model, in the order they were measured. */
export function groupsOf<One extends { readonly model: string }, Row>(
  all: readonly One[],
  toRow: (one: One) => Row,
): { name: string; rows: Row[] }[] {
  const names = [...new Set(all.map(({ model }) => model))];
  return names.map((name) => ({
    name,
    rows: all.filter(({ model }) => model === name).map(toRow),
  }));
}

function peakTable(steps: readonly MeasuredSteps[]): Html {
  return renderTable<MeasuredSteps>({
    caption: { en: 'GFLOP/s and efficiency', ko: 'GFLOP/s와 효율' },
    columns: [
      { head: { en: 'Model', ko: '모델' }, heading: true, value: ({ model }) => model },
      { head: { en: 'Workers', ko: '워커' }, numeric: true, value: ({ workers }) => workers },
      {
        head: { en: 'GFLOP/s', ko: 'GFLOP/s' },
        numeric: true,
        value: ({ gigaflops }) => gigaflops.toFixed(1),
      },
      {
        head: { en: 'Peak', ko: '최고' },
        numeric: true,
        value: (one) => (hasPeak(one) ? one.peakGigaflops.toFixed(1) : '–'),
      },
      {
        head: { en: 'Share', ko: '비율' },
        numeric: true,
        value: shareText,
      },
      {
        head: { en: 'Speed-up', ko: '속도 향상' },
        numeric: true,
        value: (one) => (one.efficiency === null ? '–' : speedUp(one).toFixed(2)),
      },
      {
        head: { en: 'Efficiency', ko: '효율' },
        numeric: true,
        value: ({ efficiency }) => (efficiency === null ? '–' : formatPercent(efficiency, 1)),
      },
    ],
    rows: steps,
  });
}
