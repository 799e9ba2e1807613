/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of pages with charts. A chart is read when the reader first comes to it; until then it costs a
// few elements. Listeners are the document's or a chart's own, so a replaced chart takes its listeners along.
import { find, make } from '../browser/find.ts';
import { createChart, type LiveChart } from './chart.ts';
import { saveDrawing } from './save.ts';
import type { KeptView } from './state.ts';

const charts = new WeakMap<Element, LiveChart>();
/** The reader's choice in each chart, by its id: a growing page replaces the chart itself. */
const kept = new Map<string, KeptView>();
let current: LiveChart | null = null;

/** Shows what only works with a script. */
function prepare(): void {
  for (const tool of document.querySelectorAll<HTMLElement>('[data-chart-tool]'))
    tool.hidden = false;
  for (const part of document.querySelectorAll<HTMLElement>('[data-chart][data-answers]')) {
    const frame = find<HTMLElement>('.chart-frame', part);
    if (frame.querySelector('[role="slider"]') !== null) continue;
    frame.append(sliderOf(part));
    if (kept.has(part.dataset.chart ?? '')) liveChart(part);
  }
}

/** The element that has the focus: arrow keys move it, and screen readers say the values there. */
function sliderOf(part: HTMLElement): HTMLElement {
  const title = find<HTMLElement>('.chart-title > span', part);
  const nameIn = (language: string) =>
    title.querySelector(`[lang="${language}"]`)?.textContent ?? title.textContent;
  const [en, ko] = [nameIn('en'), nameIn('ko')];
  return make('div', '', {
    class: 'chart-cursor',
    role: 'slider',
    tabindex: '0',
    'aria-label': { en: `Values of the chart: ${en}`, ko: `차트의 값: ${ko}` },
    'aria-valuemin': '0',
    'aria-valuemax': '0',
    'aria-valuenow': '0',
    'aria-valuetext': { en: 'no place chosen', ko: '선택한 위치 없음' },
  });
}

function liveChart(target: EventTarget | null): LiveChart | null {
  const part = target instanceof Element ? target.closest<HTMLElement>('[data-answers]') : null;
  if (part === null) return null;
  const known = charts.get(part);
  if (known !== undefined) return known;
  const id = part.dataset.chart ?? '';
  const view = kept.get(id) ?? { part: null, off: new Set() };
  const made = createChart(part, view, (changed) => kept.set(id, changed));
  charts.set(part, made);
  return made;
}

for (const kind of ['pointerover', 'pointerdown', 'focusin']) {
  document.addEventListener(
    kind,
    ({ target }) => {
      const chart = liveChart(target);
      if (chart !== current) current?.leave();
      current = chart;
    },
    { capture: true },
  );
}
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const pressed = target.closest<HTMLElement>('[data-curve-switch]');
  if (pressed !== null) liveChart(pressed)?.toggle(Number(pressed.dataset.curveSwitch));
  const save = target.closest<HTMLElement>('[data-save]');
  const part = save?.closest<HTMLElement>('[data-chart]');
  if (save && part) void saveDrawing(part, save.dataset.save ?? '');
});
// After the notebook's own script has shown other curves.
document.addEventListener('input', ({ target }) => {
  const control = target instanceof Element ? target.closest('[data-smoothing]') : null;
  for (const part of control?.closest('section')?.querySelectorAll('[data-answers]') ?? []) {
    charts.get(part)?.refresh();
  }
});
document.addEventListener('contentchange', prepare);
addEventListener('resize', () => current?.leave());
prepare();
