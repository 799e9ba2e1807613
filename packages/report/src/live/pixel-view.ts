/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { find } from '@convbook/page/browser';
import type { LayerValues, Predictor } from '@convbook/runtime/network';
import { explainPlace, placeAt } from './explain-place.ts';
import type { LayerPixel, NamedPixel } from './layer-pixel.ts';
import { pixelBelow, pixelsAdded } from './pixel-below.ts';
import { createFields } from './pixel-fields.ts';
import type { PixelActions } from './pixel-actions.ts';
import { partsOf } from './pixel-parts.ts';
import { createPlayer } from './pixel-player.ts';
import { createPixelScene } from './pixel-scene.ts';
import {
  choosePixel,
  goDown,
  goUp,
  groundOf,
  startAt,
  withWalk,
  type PixelState,
} from './pixel-state.ts';
import { stepsAfter } from './pixel-steps.ts';
import { showSum } from './pixel-sum.ts';
import { createTrail } from './pixel-trail.ts';
import { usesOf } from './pixel-uses.ts';
import { back, firstStep, forward, wholeWalk, type Walk } from './pixel-walk.ts';
import { canShow, shownLayers, type ShownLayer } from './shown-layers.ts';
import type { ShownPixel } from './shown-pixel.ts';
import { whileNear } from './while-near.ts';

export type { NamedPixel } from './layer-pixel.ts';

/**
 * The chosen pixel taken apart; null where the page has no place for it.
 *
 * @param onChosen Hears which pixel is chosen now.
 */
export function createPixelView(
  model: Predictor,
  inputShape: readonly number[],
  onChosen: (pixel: NamedPixel) => void,
) {
  const part = document.querySelector<HTMLElement>('[data-pixel]');
  if (!part) return null;
  const all = shownLayers(model.layers).filter(canShow);
  const fields = createFields();
  let image: { answer: LayerValues; bytes: Uint8Array } | null = null;
  let state: PixelState | null = null;

  const shown = (): ShownPixel | null => {
    if (image === null || state === null) return null;
    const { one, place } = state.pixel;
    return { ...state, ...image, explanation: explainPlace(model, one, image.answer, place) };
  };
  const change = (next: PixelState) => {
    state = next;
    const now = shown();
    if (now === null) return;
    const { one, place } = next.pixel;
    fields.write(one, place);
    // A screen reader would read out every pixel of a walk that plays.
    sum.setAttribute('aria-live', player.isPlaying() ? 'off' : 'polite');
    showSum(sum, now);
    details.request();
    onChosen({ layer: one.layer.name, ...place });
  };
  const choose = (pixel: LayerPixel) => {
    player.stop();
    change(state === null ? startAt(pixel) : choosePixel(model, all, state, pixel));
  };
  const walkTo = (walk: (now: PixelState) => Walk) => {
    if (state !== null) change(withWalk(model, all, state, walk(state)));
  };
  const lead = (next: (now: PixelState) => PixelState) => {
    if (state === null) return;
    player.stop();
    change(next(state));
    trail.focus();
  };

  const actions: PixelActions = {
    wayDown(index) {
      const below = state && pixelBelow(all, state.pixel.one, index);
      return below && (() => actions.goTo(below));
    },
    goTo: (pixel) => lead((now) => goDown(now, pixel)),
    chooseChannel: (channel) => {
      if (state !== null) change({ ...state, channel, walk: { ...state.walk, terms: null } });
    },
  };
  const sum = find<HTMLElement>('[data-sum]', part);
  const [windows, steps] = ['windows', 'steps'].map((name) =>
    find<HTMLElement>(`[data-${name}]`, part),
  );
  const trail = createTrail(find('[data-trail]', part), (pixel) => lead((now) => goUp(now, pixel)));
  const scene = createPixelScene(part, inputShape, (place) => {
    if (state !== null) choose({ one: state.pixel.one, place });
  });
  const details = whileNear(part, () => {
    const now = shown();
    if (now === null) return;
    scene.show(now);
    trail.show(now, usesOf(model, all, now.pixel));
    fill(windows, partsOf(now, actions, pixelsAdded(all, now.pixel)));
    fill(steps, now.walk.terms === null ? stepsAfter(model, all, now.pixel, now.answer) : []);
    showSum(sum, now);
  });
  const player = createPlayer(find('[data-player]', part), {
    begin: (pace) => walkTo(({ pixel }) => firstStep(groundOf(pixel.one), pace)),
    back: (pace) => walkTo(({ pixel, walk }) => back(walk, groundOf(pixel.one), pace)),
    forward(pace) {
      walkTo(({ pixel, walk }) => forward(walk, groundOf(pixel.one), pace));
      return state !== null && state.walk.visited !== null;
    },
    fill: () => walkTo(({ walk }) => wholeWalk(walk.at)),
    isWhole: () => state?.walk.visited === null,
    isSeen: () => details.isNear(),
  });
  fields.onInput(() => {
    const one = all.find(({ layer }) => layer.name === fields.layer.value);
    if (one) choose({ one, place: fields.read(one) });
  });
  return {
    show(answer: LayerValues, bytes: Uint8Array) {
      image = { answer, bytes };
      if (state === null) change(startAt(strongest(all[0], answer)));
      else details.request();
    },
    /** Chooses a pixel; whether its layer is one of those that can be taken apart. */
    choose({ layer, ...place }: NamedPixel): boolean {
      const one = all.find((other) => other.layer.name === layer);
      if (one) choose({ one, place });
      return one !== undefined;
    },
  };
}

/** Fills a part anew; what has the keyboard there has it afterwards. */
function fill(part: HTMLElement, items: readonly HTMLElement[]): void {
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const key = active instanceof HTMLElement ? active.dataset.key : undefined;
  part.replaceChildren();
  for (const item of items) part.append(item);
  if (key !== undefined) {
    part.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus({ preventScroll: true });
  }
}

function strongest(one: ShownLayer, answer: LayerValues): LayerPixel {
  const values = one.output(answer);
  const best = values.reduce((at, value, place) => (value > values[at] ? place : at), 0);
  return { one, place: placeAt(one.layer.outputShape, best) };
}
