// One mistake, judged by every loss: how bad it is, and how hard each loss pulls at the score of the right class.
import { lossKinds } from '@convbook/layers/kinds';
import { formatNumber, formatPercent, html, renderTable, type Text } from '@convbook/page/markup';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { plot, type PlotLine } from '../../figure/plot.ts';
import { judgeAll, type Judged, type Judgement } from './judge-all.ts';

/** A loss as the figure names it. */
interface Judge extends Judged {
  readonly name: Text;
  /** For the right class; t is 1 for it, else 0. */
  readonly formula: string;
  readonly color: number;
  readonly dashed: boolean;
}

export const judges: readonly Judge[] = [
  {
    loss: lossKinds['softmax-cross-entropy'].defaults,
    name: { en: 'Cross-entropy', ko: '교차 엔트로피' },
    formula: '−ln p',
    takes: 'scores',
    color: 0,
    dashed: false,
  },
  {
    loss: lossKinds['binary-cross-entropy'].defaults,
    name: { en: 'Binary, one output', ko: '이진 교차 엔트로피' },
    formula: '−ln σ(s)',
    takes: 'one score',
    color: 3,
    dashed: true,
  },
  {
    loss: lossKinds['mean-absolute'].defaults,
    name: { en: 'L1', ko: 'L1' },
    formula: '|p − t|',
    takes: 'probabilities',
    color: 2,
    dashed: false,
  },
  {
    loss: lossKinds['mean-squared'].defaults,
    name: { en: 'L2', ko: 'L2' },
    formula: '(p − t)²',
    takes: 'probabilities',
    color: 1,
    dashed: false,
  },
  {
    loss: { ...lossKinds.huber.defaults, name: 'huber', delta: 0.5 },
    name: { en: 'Huber, δ = 0.5', ko: '후버, δ = 0.5' },
    formula: '(p − t)² / 2,  δ·(|p − t| − δ / 2)',
    takes: 'probabilities',
    color: 1,
    dashed: true,
  },
];

interface LossState {
  /** Probability of the right class, in thousandths. */
  readonly share: number;
}

/** Probabilities of the curves, the confident mistakes closer together. */
const shares = [
  1, 3, 7, 15, 30, 50, 80, 120, 180, 250, 330, 420, 500, 580, 670, 750, 820, 880, 920, 950, 970,
  985, 993, 997, 999,
];

/** One mistake, judged by every loss. */
export const losses: Figure<LossState> = {
  id: 'downhill-losses',
  start: { share: 20 },
  controls: [
    {
      kind: 'range',
      label: { en: 'Probability of the right class', ko: '정답 클래스의 확률' },
      least: 1,
      most: () => 999,
      get: ({ share }) => share,
      set: (_, share) => ({ share }),
      shown: (share) => formatPercent(share / 1000, 1),
    },
  ],
  view({ share }, compute) {
    const tried = [...shares, share].map((one) => one / 1000);
    const all = judges.map((one) => judgeAll(compute, one, tried));
    const now = all.map((judgements) => judgements[shares.length]);
    const linesOf = (take: (judgement: Judgement) => number): PlotLine[] =>
      judges.map(({ name, color, dashed }, k) => ({
        name,
        color,
        dashed,
        points: shares.map((one, at) => [one / 1000, take(all[k][at])] as const),
      }));
    const dotsOf = (take: (judgement: Judgement) => number) =>
      now.map((judgement, k) => ({
        at: [share / 1000, take(judgement)] as const,
        color: judges[k].color,
      }));
    const [entropy, squared] = [now[0], now[3]];
    const x = {
      label: { en: 'probability p of the right class', ko: '정답 클래스의 확률 p' },
      domain: [0, 1] as const,
      isPercent: true,
    };
    const [p, pull, weak] = [share / 1000, entropy.pull, squared.pull];
    const finding = {
      en: `At p = ${formatPercent(p, 1)}, cross-entropy pulls at the right score with ${formatNumber(pull)}, L2 with ${formatNumber(weak)}.`,
      ko: `p = ${formatPercent(p, 1)}일 때 정답 점수에 대한 기울기는 교차 엔트로피가 ${formatNumber(pull)}, L2가 ${formatNumber(weak)}입니다.`,
    };
    return html`<div class="lesson-row">
        ${plot({
          lines: linesOf(({ value }) => value),
          dots: dotsOf(({ value }) => value),
          x,
          y: { label: { en: 'Loss', ko: '손실' }, domain: [0, 7] },
          alt: finding,
        })}
        ${plot({
          lines: linesOf(({ pull }) => pull),
          dots: dotsOf(({ pull }) => pull),
          x,
          y: {
            label: { en: 'Gradient for the right score', ko: '정답 점수에 대한 기울기' },
            domain: [-1, 0],
          },
          alt: finding,
        })}
      </div>
      <p class="lesson-sum downhill-sum" data-say>${finding}</p>
      ${renderTable({
        caption: { en: 'This mistake by every loss', ko: '손실 함수마다 본 이 오답' },
        columns: [
          {
            head: { en: 'Loss function', ko: '손실 함수' },
            value: (k) => judges[k].name,
            heading: true,
          },
          { head: { en: 'One class', ko: '한 클래스' }, value: (k) => judges[k].formula },
          {
            head: { en: 'Value', ko: '값' },
            value: (k) => formatNumber(now[k].value),
            numeric: true,
          },
          {
            head: { en: 'Gradient', ko: '기울기' },
            value: (k) => formatNumber(now[k].pull),
            numeric: true,
          },
        ],
        rows: judges.map((_, k) => k),
      })}`;
  },
};

export const lossFigure = defineFigure(losses);
