/// <reference lib="dom" />
// The parts that a chart gets when the reader comes to it: the box of values, the buttons, the line for screen readers.
import { find, make } from '../browser/find.ts';
import type { Text } from '../text/text.ts';

/** The parts of a chart that answers. */
export interface Controls {
  readonly frame: HTMLElement;
  readonly slider: HTMLElement;
  readonly box: HTMLElement;
  readonly status: HTMLElement;
  readonly more: HTMLElement;
  readonly less: HTMLElement;
  readonly whole: HTMLElement;
  readonly switches: readonly HTMLElement[];
}

/** Adds what is missing to a chart. */
export function addControls(part: HTMLElement): Controls {
  const frame = find<HTMLElement>('.chart-frame', part);
  const box = make('div', '', { class: 'readout', 'aria-hidden': 'true' });
  box.hidden = true;
  const status = make('span', '', { class: 'hidden', role: 'status' });
  const more = button('+', { en: 'Show less of the axis, larger', ko: '확대' });
  const less = button('−', { en: 'Show more of the axis', ko: '축소' });
  const whole = button(
    { en: 'whole', ko: '전체' },
    { en: 'Show the whole chart', ko: '전체 차트 보기' },
  );
  const row = make('p', '', { class: 'chart-zoom' });
  row.append(more, less, whole);
  frame.append(box, row, status);
  frame.classList.add('live-chart');
  return {
    frame,
    slider: find<HTMLElement>('[role="slider"]', frame),
    box,
    status,
    more,
    less,
    whole,
    switches: [...part.querySelectorAll<HTMLElement>('[data-curve-switch]')],
  };
}

function button(text: Text | string, label: Text): HTMLElement {
  return make('button', text, { type: 'button', 'aria-label': label });
}
