/// <reference lib="dom" />
// Why the model answers so: maps of each method for one image, the class that they explain, and the same maps
// with random weights.
import { make } from '@convbook/page/browser';
import { answersShown } from '@convbook/page/text';
import type { Method } from '../explain/explain.ts';
import { createExplainTable, type ExplainedImage, type MethodColumn } from './explain-table.ts';
import { classField, labelChoice, mapsCaption, predictedChoice } from './explain-words.ts';
import type { Explainer } from './explainer.ts';
import { inTurns } from './in-turns.ts';
import { makeOption } from './make-option.ts';

/** Most multiply-adds of maps that are computed unasked: about a second. */
const mostUnasked = 1e10;

/** An image with the answer that is explained. */
export interface Explained extends ExplainedImage {
  /** `[classes]`. */
  readonly probabilities: ArrayLike<number>;
  readonly prediction: number;
  /** Null where nobody knows it. */
  readonly label: number | null;
}

/** The parts of a page that such a view needs. */
export interface ExplainSources {
  readonly explainer: Explainer;
  readonly classNames: readonly string[];
  readonly imageShape: readonly number[];
  /** Methods that are computed only when asked for. */
  readonly onRequest?: readonly Method[];
}

/** Puts the maps into a part of the page. */
export function createExplainView(place: HTMLElement, sources: ExplainSources) {
  const { explainer, classNames, imageShape, onRequest = [] } = sources;
  const select = make('select', '', { 'data-explained-class': '' });
  let current: Explained | null = null;
  let cancel = new AbortController();

  const isUnasked = (method: Method) =>
    !onRequest.includes(method) && explainer.costOf(method) <= mostUnasked;
  const explained = () => {
    if (current === null) return 0;
    if (select.value === 'prediction') return current.prediction;
    return select.value === 'label' ? (current.label ?? current.prediction) : Number(select.value);
  };
  const compute = async (column: MethodColumn) => {
    if (current === null) return;
    const [image, ofClass, { signal }] = [current, explained(), cancel];
    const work = () => explainer.maps(column.method, image.bytes, ofClass);
    try {
      const maps = await inTurns(work, signal);
      if (!signal.aborted) column.show(maps, image, classNames[ofClass]);
    } catch (error) {
      if (!signal.aborted) column.fail(error);
    }
  };
  const costs = explainer.methods.map((method) => ({ method, cost: explainer.costOf(method) }));
  const { table, columns } = createExplainTable(costs, imageShape, (method) => {
    const column = columns.find((one) => one.method === method);
    column?.clear(true);
    if (column) void compute(column);
  });
  const stop = () => {
    cancel.abort();
    cancel = new AbortController();
  };
  /** @param keepsMaps Whether the maps of before stay until the new ones are there. */
  const begin = (keepsMaps: boolean) => {
    stop();
    for (const column of columns) {
      if (!isUnasked(column.method)) column.clear(false);
      else {
        if (!keepsMaps) column.clear(true);
        void compute(column);
      }
    }
  };
  select.addEventListener('change', () => begin(false));
  const field = make('label', classField);
  field.append(' ', select);
  const controls = make('p', '', { class: 'try-controls' });
  controls.append(field);
  place.append(controls, table, make('p', mapsCaption, { class: 'explain-caption' }));
  return {
    /** Explains an answer; the class chosen before stays chosen where it can. */
    show(image: Explained, keepsMaps = false) {
      current = image;
      fillChoice(select, image, classNames);
      begin(keepsMaps);
    },
    /** Stops computing. */
    stop,
    /** There is nothing to explain. */
    clear() {
      stop();
      current = null;
      for (const column of columns) column.clear(true);
    },
  };
}

/** The prediction, the label, and the most probable classes. */
function fillChoice(
  select: HTMLSelectElement,
  { probabilities, prediction, label }: Explained,
  classNames: readonly string[],
): void {
  const before = select.value;
  const all = [...classNames.keys()];
  const shown = answersShown(all.length);
  const listed =
    shown === all.length
      ? all
      : all.sort((a, b) => probabilities[b] - probabilities[a] || a - b).slice(0, shown);
  select.replaceChildren(makeOption('prediction', predictedChoice(classNames[prediction])));
  if (label !== null) select.append(makeOption('label', labelChoice(classNames[label])));
  for (const k of listed) select.append(makeOption(String(k), classNames[k]));
  select.value = before;
  if (select.selectedIndex < 0) select.value = 'prediction';
}
