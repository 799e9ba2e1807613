/// <reference lib="dom" />
// A figure at work in a page.
import { find, refill, whenNear } from '@convbook/page/browser';
import { createCompute, type Compute } from '../figure/compute.ts';
import type { AnyFigure, Figure } from '../figure/figure.ts';
import { readData } from './read-data.ts';
import { startControl } from './start-control.ts';
import { createStatus } from './status.ts';
import { watchPlaces } from './watch-places.ts';

/** Starts a figure where the page has it, once it comes near. */
export function startFigure(figure: AnyFigure, kernels: Promise<WebAssembly.Module>): void {
  const part = document.querySelector<HTMLElement>(`[data-figure="${figure.id}"]`);
  if (!part) return;
  find<HTMLElement>('[data-controls]', part).hidden = false;
  whenNear(part, () => {
    figure.use((own) => {
      Promise.all([kernels, readData(own.data ?? [])])
        .then(([module, data]) => {
          start(own, part, createCompute(module, data));
          // For tests: from here on the figure answers.
          part.dataset.started = '';
        })
        .catch(reportError);
    });
  });
}

function start<State>(figure: Figure<State>, part: HTMLElement, compute: Compute): void {
  const view = find<HTMLElement>('[data-view]', part);
  const say = createStatus(part);
  let state = figure.start;
  const host = {
    read: () => state,
    show(next: State) {
      const before = state;
      state = next;
      if (!figure.looksAlike?.(before, next)) redraw();
      for (const sync of syncs) sync(state);
      say();
    },
  };
  const redraw = () => {
    const key = focusedKey(view);
    refill(view, figure.view(state, compute).toString());
    if (key !== null) view.querySelector<HTMLElement>(key)?.focus({ preventScroll: true });
  };
  const syncs = figure.controls.map((control, k) =>
    startControl(control, find(`[data-control="${figure.id}-${k}"]`, part), host),
  );
  watchPlaces(view, (place) => {
    if (figure.choose) host.show(figure.choose(state, place));
  });
  figure.attach?.(part, host, compute);
}

/** Finds again what has the keyboard: a grid by its name, anything else by its `data-key`. */
function focusedKey(view: HTMLElement): string | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || !view.contains(activeElement)) return null;
  const { grid, key } = activeElement.dataset;
  if (grid !== undefined) return `[data-grid="${grid}"]`;
  return key === undefined ? null : `[data-key="${key}"]`;
}
