import { dense, relu, resolveModel, sigmoid } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';
import { formatNumber } from '@convbook/page/text';
import { html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure } from '../../figure/figure.ts';
import { plot } from '../../figure/plot.ts';

interface State {
  readonly layers: number;
  /** Tenths. */
  readonly input: number;
}

/** From −6 to 6. */
const inputs = Array.from({ length: 121 }, (_, k) => (k - 60) / 10);

/** How the output of some layers of one unit, weights 1, changes with each input. */
export function gradientsThrough(
  compute: Compute,
  activation: typeof sigmoid | typeof relu,
  layers: number,
): Float32Array {
  const model = resolveModel({
    input: [1],
    layers: Array.from({ length: layers }, () => [dense({ units: 1 }), activation()]).flat(),
  });
  const parameters = new Map(
    model.parameters.map(({ name }) => [name, Float32Array.of(name.endsWith('weight') ? 1 : 0)]),
  );
  const x = Float32Array.from(inputs);
  const dY = new Float32Array(inputs.length).fill(1);
  return runModel({
    module: compute.module,
    model,
    parameters,
    x,
    batchSize: inputs.length,
    dY,
  }).dX;
}

/** What is left of a gradient after some layers. */
export const gradientFigure = defineFigure<State>({
  id: 'lenet-and-alexnet-gradient',
  start: { layers: 1, input: 10 },
  controls: [
    {
      kind: 'range',
      label: { en: 'Layers', ko: '층 수' },
      least: 1,
      most: () => 5,
      get: ({ layers }) => layers,
      set: (state, layers) => ({ ...state, layers }),
      plays: true,
    },
    {
      kind: 'range',
      label: { en: 'Input', ko: '입력' },
      least: -60,
      most: () => 60,
      get: ({ input }) => input,
      set: (state, input) => ({ ...state, input }),
      shown: (tenths) => formatNumber(tenths / 10),
    },
  ],
  view({ layers, input }, compute) {
    const [smooth, straight] = [sigmoid, relu].map((activation) =>
      gradientsThrough(compute, activation, layers),
    );
    const at = input + 60;
    const pointsOf = (values: Float32Array) => inputs.map((x, k) => [x, values[k]] as const);
    const [low, kept] = [formatNumber(smooth[at]), formatNumber(straight[at])];
    const x = formatNumber(input / 10);
    return html`${plot({
        x: { label: { en: 'Input', ko: '입력' }, domain: [-6, 6] },
        y: {
          label: { en: 'Gradient left over', ko: '남은 기울기' },
          domain: [1e-6, 2],
          isLog: true,
        },
        lines: [
          { name: { en: 'sigmoid', ko: '시그모이드' }, points: pointsOf(smooth), color: 1 },
          { name: 'ReLU', points: pointsOf(straight), color: 0 },
        ],
        dots: [
          { at: [input / 10, smooth[at]], color: 1 },
          { at: [input / 10, straight[at]], color: 0 },
        ],
        alt: {
          en: `Through ${layers} ${layers === 1 ? 'layer' : 'layers'} sigmoid leaves at most ${formatNumber(smooth.reduce((a, b) => Math.max(a, b)))} of a gradient; ReLU leaves all of it above 0 and nothing below.`,
          ko: `${layers}개 층을 지나면 시그모이드는 기울기를 많아야 ${formatNumber(smooth.reduce((a, b) => Math.max(a, b)))}만 남기고, ReLU는 0보다 큰 곳에서는 그대로, 작은 곳에서는 0으로 만듭니다.`,
        },
      })}
      <p class="lesson-sum" data-say>
        ${{
          en: `At ${x}, through ${layers} ${layers === 1 ? 'layer' : 'layers'}: sigmoid leaves ${low} of the gradient, ReLU ${kept}.`,
          ko: `입력 ${x}에서 ${layers}개 층을 지나면 시그모이드는 기울기의 ${low}만큼, ReLU는 ${kept}만큼을 남깁니다.`,
        }}
      </p>`;
  },
});
