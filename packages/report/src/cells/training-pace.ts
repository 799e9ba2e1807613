// How fast the parameters moved, and how fast images went by: parts of the training cell.
import { html, type Html } from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { gradientChart } from '../charts/gradient-chart.ts';
import { rateChart } from '../charts/rate-chart.ts';
import { speedChart } from '../charts/speed-chart.ts';
import { smoothedSteps } from './smoothing-control.ts';

/** The learning rate beside the gradient's norm. */
export async function pacePart(run: Run): Promise<Html | null> {
  const [rate, gradient] = [rateChart(run), gradientChart(run)];
  if (rate === null && gradient === null) return null;
  return html`${
      gradient &&
      html`<p>
        ${{
          en: html`The gradient norm shows how strongly the loss pulls on the parameters. It should
            stay within an order of magnitude and shrink with the loss. If single peaks stand far
            above the rest, limit the norm with <code class="option">--clip-norm</code>.`,
          ko: html`기울기의 노름은 손실이 매개변수를 얼마나 움직이려 하는지를 나타냅니다. 크기가 열
            배 안에서 유지되고 손실과 함께 작아져야 합니다. 봉우리 몇 개가 다른 값보다 훨씬 높으면
            <code class="option">--clip-norm</code>으로 노름을 제한하십시오.`,
        }}
      </p>`
    }
    <div class="abreast">${await rateFigure(run)} ${await gradientFigure(run)}</div>`;
}

async function rateFigure(run: Run): Promise<Html | null> {
  const chart = rateChart(run);
  if (chart === null) return null;
  const { schedule } = run.record.configuration;
  return html`<figure>
    ${await renderChart(chart)}
    <figcaption>
      ${{
        en: `The learning rate of each step, by the schedule “${schedule.name}”.`,
        ko: html`스텝별 학습률입니다. 학습률 일정: <code>${schedule.name}</code>.`,
      }}
    </figcaption>
  </figure>`;
}

async function gradientFigure(run: Run): Promise<Html | null> {
  const chart = gradientChart(run);
  if (chart === null) return null;
  return html`<figure>
    ${await renderChart(chart)}
    <figcaption>
      ${{
        en: html`Thin line: each step. Thick line: running mean of ${smoothedSteps(run)} steps.`,
        ko: html`가는 선: 각 스텝. 굵은 선: ${smoothedSteps(run)}스텝의 이동 평균.`,
      }}
    </figcaption>
  </figure>`;
}

/** Training throughput; null where too little was timed. */
export async function speedPart(run: Run): Promise<Html | null> {
  const chart = speedChart(run);
  if (chart === null) return null;
  return html`<figure>
    ${await renderChart(chart)}
    <figcaption>
      ${{
        en: 'Training throughput in each interval of about a second, without the tests after each epoch. Other programs cause short dips. If the curve sinks steadily, close what else runs, or let the machine cool down.',
        ko: '약 1초 길이의 구간마다 잰 학습 처리량입니다. 에폭 뒤의 시험에 걸린 시간은 뺐습니다. 잠깐씩 내려가는 것은 다른 프로그램 때문입니다. 계속 내려간다면 함께 실행되는 프로그램을 닫거나 컴퓨터의 열을 식히십시오.',
      }}
    </figcaption>
  </figure>`;
}
