/// <reference lib="dom" />
import { ascent } from '@convbook/runtime/explain';
import { formatNumber, html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Host } from '../../figure/figure.ts';
import { framesUpTo, knownSteps } from './ascent.ts';
import { chooser, madePart, patchesPart, weightsPart } from './filter-parts.ts';
import { filterControl, layerControl, type ChosenFilter } from './controls.ts';
import { layers, weights } from './network.ts';
import { patchData } from './patches.ts';
import { tileAt } from './tiles.ts';

interface State extends ChosenFilter {
  /** Step of the ascent that is shown. */
  readonly step: number;
  /** Whether the step goes on to the last by itself. */
  readonly isGrowing: boolean;
}

/** Milliseconds between two steps of an image that grows by itself. */
const pace = 60;

const [chooseLayer, chooseFilter] = [layerControl<State>(), filterControl<State>()];

/** The image begins again. */
const begun = (state: State): State => ({ ...state, step: 0, isGrowing: true });

/** A filter by its weights, by what excites it, and by an image made for it. */
export const filterFigure = defineFigure<State>({
  id: 'deeper-layers-filter',
  data: ['hundred-digits', weights, patchData],
  start: { layer: 2, filter: 5, step: ascent.steps, isGrowing: false },
  controls: [
    { ...chooseLayer, set: (state: State, value: string) => begun(chooseLayer.set(state, value)) },
    {
      ...chooseFilter,
      set: (state: State, place: number) => begun(chooseFilter.set(state, place)),
    },
    {
      kind: 'range',
      label: { en: 'Step', ko: '단계' },
      least: 0,
      most: () => ascent.steps,
      get: ({ step }) => step,
      set: (state, step) => ({ ...state, step, isGrowing: false }),
      plays: true,
    },
  ],
  view(state, compute) {
    const { name } = layers[state.layer];
    const frames = framesUpTo(compute, state.layer, state.filter, state.step);
    const [from, to] = [frames[0].mean, frames[frames.length - 1].mean];
    return html`<div class="lesson-row deeper-layers-row">
        ${chooser(compute, state)}
        <div class="deeper-layers-side">
          ${weightsPart(compute, state)} ${patchesPart(compute, state)} ${madePart(frames, state)}
        </div>
      </div>
      <p class="lesson-sum" data-say>
        ${{
          en: html`Filter ${state.filter + 1} of ${name}: in ${state.step} steps the mean of its map
            goes from ${formatNumber(from)} to <b>${formatNumber(to)}</b>.`,
          ko: html`${name}의 필터 ${state.filter + 1}: 처음 ${formatNumber(from)}이던 특징 맵의
            평균이 ${state.step}단계 뒤에는 <b>${formatNumber(to)}</b>입니다.`,
        }}
      </p>`;
  },
  choose(state, place) {
    const filter = tileAt(place);
    return filter < layers[state.layer].filters ? begun({ ...state, filter }) : state;
  },
  attach(_, host, compute) {
    setInterval(() => grow(host, compute), pace);
  },
});

/** A step further; where motion is unwelcome, the last image is shown once it is known. */
function grow({ read, show }: Host<State>, compute: Compute): void {
  const state = read();
  if (!state.isGrowing) return;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const step = isStill ? knownSteps(compute, state) + 1 : state.step + 1;
  framesUpTo(compute, state.layer, state.filter, step);
  const isLast = step >= ascent.steps;
  if (isLast || !isStill) show({ ...state, step, isGrowing: !isLast });
}
