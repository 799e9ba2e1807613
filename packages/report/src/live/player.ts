/// <reference lib="dom" />
import { find } from '@convbook/page/browser';

/** Milliseconds that a position is shown. */
const pace = 500;

/** Lets a button move a slider to its end, from its start where it stands there; a hand on the slider ends that. */
export function createPlayer(
  button: HTMLButtonElement,
  slider: HTMLInputElement,
  show: () => void,
): void {
  const [paused, playing] = ['paused', 'playing'].map((name) =>
    find<HTMLElement>(`[data-when=${name}]`, button),
  );
  let timer: number | null = null;
  const stop = () => {
    if (timer !== null) window.clearInterval(timer);
    timer = null;
    paused.hidden = false;
    playing.hidden = true;
  };
  const start = () => {
    if (slider.value === slider.max) slider.value = slider.min;
    timer = window.setInterval(() => {
      slider.stepUp();
      show();
      if (slider.value === slider.max) stop();
    }, pace);
    paused.hidden = true;
    playing.hidden = false;
    show();
  };
  button.addEventListener('click', () => (timer === null ? start() : stop()));
  slider.addEventListener('input', stop);
}
