/// <reference lib="dom" />
// The buttons of the walk: from the beginning, back, play or pause, forward, to the end, and how much a step takes in.
import { find } from '@convbook/page/browser';
import type { Pace } from './pixel-walk.ts';

/** The actions of the buttons. */
export interface PlayerActions {
  begin(pace: Pace): void;
  back(pace: Pace): void;
  /** A step further; whether there is more to come. */
  forward(pace: Pace): boolean;
  fill(): void;
  /** Whether the map is all there, so that playing begins anew. */
  isWhole(): boolean;
  /** Whether anybody can see it. */
  isSeen(): boolean;
}

/** Milliseconds from step to step. */
const delays: Readonly<Record<Pace, number>> = { products: 350, pixels: 120, rows: 150 };

/** Starts the buttons; nothing moves until one plays, and play is not offered to who asks for less motion. */
export function createPlayer(part: HTMLElement, actions: PlayerActions) {
  const choice = find<HTMLSelectElement>('[data-pace]', part);
  const play = find<HTMLButtonElement>('[data-play-walk]', part);
  const [paused, playing] = play.querySelectorAll<HTMLElement>('[data-when]');
  play.hidden = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const pace = (): Pace => paces.find((one) => one === choice.value) ?? 'pixels';
  const show = () => {
    paused.hidden = timer !== null;
    playing.hidden = timer === null;
    part.classList.toggle('playing', timer !== null);
  };
  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    show();
  };
  const wait = () => {
    timer = setTimeout(() => {
      if (actions.isSeen() && actions.forward(pace())) wait();
      else stop();
    }, delays[pace()]);
  };
  const start = () => {
    if (actions.isWhole()) actions.begin(pace());
    wait();
    show();
  };
  const onClick = (name: string, act: () => void) => {
    find(`[data-walk="${name}"]`, part).addEventListener('click', () => {
      stop();
      act();
    });
  };
  play.addEventListener('click', () => (timer === null ? start() : stop()));
  onClick('begin', () => actions.begin(pace()));
  onClick('back', () => actions.back(pace()));
  onClick('forward', () => actions.forward(pace()));
  onClick('fill', () => actions.fill());
  return { stop, isPlaying: () => timer !== null };
}

const paces: readonly Pace[] = ['products', 'pixels', 'rows'];
