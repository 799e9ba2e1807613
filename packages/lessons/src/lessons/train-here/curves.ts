import { highest, largestSize } from '@convbook/core';
import { formatNumber, formatPercent } from '@convbook/page/text';
import { html, type Html, type Text } from '@convbook/page/markup';
import { plot, type PlotAxis, type PlotLine } from '../../figure/plot.ts';
import { histogram, weightsOf } from './look.ts';
import type { Course, Snapshot } from './state.ts';
import type { TrainingRecord } from './training-record.ts';

/** Points that a curve has at most. */
const mostPoints = 240;

type Points = PlotLine['points'];

/** Means of neighbours, so that a curve has no more points than it needs. */
function thinned(values: readonly number[]): Points {
  const size = Math.max(1, Math.ceil(values.length / mostPoints));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, k) => {
    const own = values.slice(k * size, (k + 1) * size);
    return [k * size + (own.length + 1) / 2, meanOf(own)];
  });
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of each value and the nine before it: single batches jump. */
const smoothed = (values: readonly number[]): number[] =>
  values.map((_, k) => meanOf(values.slice(Math.max(0, k - 9), k + 1)));

/** A training that the reader's is compared with. */
interface Reference extends Pick<Course, 'losses' | 'heldOut'> {
  readonly name: Text;
}

/** Loss and accuracy of each step; dashed those of the record, or of the settings before. */
export function courseCurves(
  { course, step, before }: Snapshot,
  record: TrainingRecord | null,
): Html {
  const other: Reference | null = record
    ? {
        name: { en: 'train in Node', ko: 'Node의 train' },
        losses: record.losses,
        heldOut: record.accuracies,
      }
    : before && { ...before, name: { en: 'the settings before', ko: '바로 앞 설정' } };
  const x: PlotAxis = {
    label: { en: 'Step', ko: '스텝' },
    domain: [0, Math.max(other?.losses.length ?? 0, step, 20)],
  };
  const reference = (pointsOf: (other: Reference) => Points): PlotLine[] =>
    other ? [{ name: other.name, points: pointsOf(other), color: 4, dashed: true }] : [];
  const trained = { en: 'training', ko: '학습' };
  const heldOut = { en: 'held out', ko: '평가' };
  const loss = course.losses.at(-1);
  const accuracy = course.heldOut.at(-1)?.[1];
  return html`<div class="lesson-row">
    ${plot({
      x,
      y: { label: { en: 'Loss', ko: '손실' }, domain: [0, 2.5] },
      lines: [
        { name: trained, points: thinned(course.losses), color: 0 },
        ...reference(({ losses }) => thinned(losses)),
      ],
      alt:
        loss === undefined
          ? { en: 'No step was taken yet.', ko: '아직 한 스텝도 학습하지 않았습니다.' }
          : {
              en: `The loss is ${formatNumber(loss)} after ${step} steps.`,
              ko: `${step}스텝 뒤의 손실은 ${formatNumber(loss)}입니다.`,
            },
      height: 230,
    })}
    ${plot({
      x,
      y: { label: { en: 'Accuracy', ko: '정확도' }, domain: [0, 1], isPercent: true },
      lines: [
        { name: trained, points: thinned(smoothed(course.accuracies)), color: 0 },
        { name: heldOut, points: course.heldOut, color: 1 },
        ...reference(({ heldOut: points }) => points),
      ],
      alt: {
        en: `After ${step} steps ${formatPercent(accuracy ?? 0, 1)} of the held-out images are right.`,
        ko: `${step}스텝 뒤에 평가용 이미지의 ${formatPercent(accuracy ?? 0, 1)}를 맞힙니다.`,
      },
      height: 230,
    })}
  </div>`;
}

const sizeOf = (value: number) => Math.log10(Math.abs(value));

/** How large weights and gradients are, layer by layer. */
export function spreadCurves({ parameters, gradients, step }: Snapshot): Html {
  const weights = weightsOf(parameters);
  const sizes = weights.map(([, values]) => largestSize(values));
  const limit = highest(sizes);
  const [both, powers]: [number, number][] = [
    [-limit, limit],
    [-9, 0],
  ];
  const y: PlotAxis = {
    label: { en: 'Share', ko: '비율' },
    domain: [0, 0.3],
    isPercent: true,
  };
  const seen = weights.map(([name], k) => `${name} ${formatNumber(sizes[k])}`).join(', ');
  return html`<div class="lesson-row">
    ${plot({
      x: { label: { en: 'Weight', ko: '가중치' }, domain: both },
      y,
      lines: weights.map(([name, values], color) => ({
        name,
        points: histogram(values, both),
        color,
      })),
      alt: {
        en: `The largest weights after ${step} steps: ${seen}.`,
        ko: `${step}스텝 뒤 가장 큰 가중치는 ${seen}입니다.`,
      },
      height: 210,
    })}
    ${plot({
      x: {
        label: { en: 'Size of the gradient, as a power of 10', ko: '기울기의 크기(10의 거듭제곱)' },
        domain: powers,
      },
      y,
      lines: weightsOf(gradients).map(([name, values], color) => ({
        name,
        points: histogram(values, powers, sizeOf),
        color,
      })),
      alt:
        step === 0
          ? { en: 'No gradient yet.', ko: '아직 기울기가 없습니다.' }
          : {
              en: 'The gradients of the last step spread over many powers of ten.',
              ko: '마지막 스텝의 기울기가 여러 자릿수에 걸쳐 있습니다.',
            },
      height: 210,
    })}
  </div>`;
}
