/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { find, say } from '@convbook/page/browser';
import { shownValue } from '../figure/render-control.ts';
import type {
  Control,
  CountControl,
  Host,
  NumbersControl,
  RangeControl,
} from '../figure/figure.ts';

/** Milliseconds between two steps of a range that plays. */
const pace = 350;

/** @returns Shows a state in the control. */
export function startControl<State>(
  control: Control<State>,
  element: HTMLElement,
  host: Host<State>,
): (state: State) => void {
  switch (control.kind) {
    case 'range':
      return startRange(control, element, host);
    case 'count':
      return startCount(control, element, host);
    case 'choice': {
      const select = find<HTMLSelectElement>('select', element);
      select.addEventListener('change', () => host.show(control.set(host.read(), select.value)));
      return (state) => {
        select.value = control.get(state);
      };
    }
    case 'numbers':
      return startNumbers(control, element, host);
    case 'button':
      element.addEventListener('click', () => host.show(control.act(host.read())));
      return () => undefined;
    default:
      control satisfies never;
      throw new Error('startControl: expected a known kind; add it');
  }
}

function startRange<State>(
  control: RangeControl<State>,
  element: HTMLElement,
  host: Host<State>,
): (state: State) => void {
  const input = find<HTMLInputElement>('input', element);
  const output = find<HTMLOutputElement>('output', element);
  const move = () => host.show(control.set(host.read(), input.valueAsNumber));
  const stop = control.plays ? startPlaying(element, input, move) : () => undefined;
  input.addEventListener('input', () => {
    stop();
    move();
  });
  return (state) => {
    const value = control.get(state);
    input.max = String(control.most(state));
    input.value = String(value);
    say(output, shownValue(control, value));
  };
}

function startCount<State>(
  control: CountControl<State>,
  element: HTMLElement,
  host: Host<State>,
): (state: State) => void {
  const input = find<HTMLInputElement>('input', element);
  const { least, most } = control;
  input.addEventListener('input', () => {
    const value = Math.round(input.valueAsNumber);
    if (value >= least && value <= most) host.show(control.set(host.read(), value));
  });
  const sync = (state: State) => {
    input.disabled = control.isOff?.(state) ?? false;
    // A field that is being typed in keeps what stands in it.
    if (input !== document.activeElement) input.value = String(control.get(state));
  };
  // What could not be read gives way to what holds.
  input.addEventListener('blur', () => sync(host.read()));
  return sync;
}

function startNumbers<State>(
  control: NumbersControl<State>,
  element: HTMLElement,
  host: Host<State>,
): (state: State) => void {
  const fields = [...element.querySelectorAll('input')];
  const read = () => fields.map(({ valueAsNumber }) => valueAsNumber || 0);
  element.addEventListener('input', () => host.show(control.set(host.read(), read())));
  const sync = (state: State) =>
    control.get(state).forEach((value, k) => {
      // A field that is being typed in keeps what stands in it.
      if (fields[k] !== document.activeElement) fields[k].value = String(value);
    });
  // What could not be taken gives way to what holds.
  element.addEventListener('focusout', () => sync(host.read()));
  return sync;
}

/** @returns Stops it. */
function startPlaying(element: HTMLElement, input: HTMLInputElement, move: () => void): () => void {
  const button = find<HTMLButtonElement>('[data-play]', element);
  const [paused, playing] = button.querySelectorAll<HTMLElement>('[data-when]');
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    paused.hidden = false;
    playing.hidden = true;
  };
  button.addEventListener('click', () => {
    if (timer !== 0) return stop();
    if (input.value === input.max) input.value = input.min;
    timer = window.setInterval(() => {
      input.stepUp();
      move();
      if (input.value === input.max) stop();
    }, pace);
    paused.hidden = true;
    playing.hidden = false;
    move();
  });
  return stop;
}
