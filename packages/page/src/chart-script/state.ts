// The state of a chart: the reader's choice and what follows from it.
import { curveLines } from './curves.ts';
import { zoomAxis, type View } from './plot.ts';
import type { Domain } from './scale.ts';
import type { ChartModel } from './spec.ts';
import { stopsOf } from './stops.ts';

/** The part of a chart's state that is kept when a growing page replaces it. */
export type KeptView = Pick<View, 'part' | 'off'>;

/** The state of a chart. */
export type ChartState = ReturnType<typeof createState>;

/** The state of a chart that the reader comes to. */
export function createState(model: ChartModel, kept: KeptView, window: number) {
  const axis = zoomAxis(model);
  let view: View = { ...kept, window };
  let lines = curveLines(model, window);
  const shown = () => lines.filter(({ at }) => !view.off.has(at));
  let stops = stopsOf(model, shown());
  return {
    model,
    axis,
    view: () => view,
    /** The curves that are not switched off. */
    shown,
    stops: () => stops,
    /** The shown part of the axis. */
    part: (): Domain => view.part ?? axis.whole,
    change(changed: Partial<View>) {
      const before = view;
      view = { ...view, ...changed };
      if (view.window !== before.window) lines = curveLines(model, view.window);
      if (view.window !== before.window || view.off !== before.off) {
        stops = stopsOf(model, shown());
      }
    },
  };
}
