/// <reference lib="dom" />
// Trains in a page, in slices between frames, towards the step that the figure's state asks for.
import { trainerData } from '../../data/trainer-data.ts';
import type { Compute } from '../../figure/compute.ts';
import type { Host } from '../../figure/figure.ts';
import { modelSha256 } from './hash.ts';
import { createMeter } from './meter.ts';
import { netOf, type Settings } from './settings.ts';
import type { Course, State } from './state.ts';
import { createTraining, type Training } from './training.ts';

/** Milliseconds of a frame that training takes; its last part may take a few more. */
const budget = 9;

/** Least milliseconds between two pictures of a training that runs, also as a multiple of what one takes. */
const redrawn = { milliseconds: 300, times: 5 };

/** Steps after which the hash is computed also while training runs. */
const hashEvery = 20;

/** Listens to the figure's controls. */
export function runTraining(part: HTMLElement, host: Host<State>, compute: Compute): void {
  const data = trainerData(compute.data('training-digits'), compute.data('held-out-digits'));
  const page = createPageTraining(host, (settings) =>
    createTraining(settings, data, compute.module),
  );
  let isWaiting = false;
  const frame = () => {
    const { isMore, draw } = page.work();
    isWaiting = isMore;
    const goOn = () => {
      draw?.();
      if (isMore) requestAnimationFrame(frame);
    };
    // A picture is made outside of the frame that lays it out: both at once would be felt.
    if (draw === null) goOn();
    else setTimeout(goOn);
  };
  const wake = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(frame);
  };
  for (const event of ['click', 'input', 'change']) part.addEventListener(event, wake);
  // The network is there before its button is pressed.
  for (const event of ['pointerover', 'focusin'])
    part.addEventListener(event, wake, { once: true });
}

function createPageTraining(
  host: Host<State>,
  begin: (settings: Settings) => Generator<void, Training>,
) {
  const painter = createPainter(host);
  let training: Training | null = null;
  let beginning: Beginning | null = null;
  let running: Generator<void, void> | null = null;
  return {
    /** The work of one frame; what is to be drawn after it, and whether there is more. */
    work(): { readonly isMore: boolean; readonly draw: (() => void) | null } {
      const { settings, target } = host.read();
      if (training === null || !isSame(training.settings, settings)) {
        if (beginning === null || !isSame(beginning.settings, settings)) {
          beginning = { settings, parts: begin(settings) };
        }
        const begun = workFor(beginning.parts);
        if (begun === null) return { isMore: true, draw: null };
        painter.clear(training);
        [training, beginning, running] = [begun, null, null];
        return { isMore: true, draw: null };
      }
      const own = training;
      if (running === null && own.isAt(target)) {
        return { isMore: false, draw: () => painter.rest(own) };
      }
      if (painter.isDue()) return { isMore: true, draw: () => painter.draw(own) };
      running = trainFor(own, running, () => host.read().target, painter.note);
      return { isMore: true, draw: null };
    },
  };
}

/** A training that is being made. */
interface Beginning {
  readonly settings: Settings;
  readonly parts: Generator<void, Training>;
}

const isSame = (a: Settings, b: Settings) => JSON.stringify(a) === JSON.stringify(b);

/** Works for one frame; gives null while there is more. */
function workFor<Result>(parts: Generator<void, Result>): Result | null {
  const until = performance.now() + budget;
  do {
    const { done, value } = parts.next();
    if (done === true) return value;
  } while (performance.now() < until);
  return null;
}

/** Trains for one frame; gives what is left of a step. */
function trainFor(
  training: Training,
  begun: Generator<void, void> | null,
  target: () => number,
  afterStep: (training: Training) => void,
): Generator<void, void> | null {
  const until = performance.now() + budget;
  let running = begun;
  while (performance.now() < until) {
    running ??= training.towards(target());
    if (!running.next().done) continue;
    running = null;
    afterStep(training);
    if (training.isAt(target())) break;
  }
  return running;
}

/** Shows a training, with its hashes and its speed. */
function createPainter(host: Host<State>) {
  const meter = createMeter();
  let hashes = new Map<number, string>();
  let before: Course | null = null;
  let dueAt = 0;
  const imagesOf = ({ course, settings }: Training) => course().losses.length * settings.batchSize;
  const show = (training: Training, speed: number | null) => {
    const begun = performance.now();
    host.show({ ...host.read(), shown: { ...training.snapshot(), hashes, speed, before } });
    const ended = performance.now();
    dueAt = ended + Math.max(redrawn.milliseconds, redrawn.times * (ended - begun));
  };
  const hash = (training: Training, then: () => void) => {
    const { step, parameters, settings } = training.snapshot();
    const own = hashes;
    if (own.has(step)) return;
    modelSha256(netOf(settings).name ?? '', parameters)
      .then((sha256) => {
        if (sha256 === null) return;
        own.set(step, sha256);
        if (own === hashes) then();
      })
      .catch(reportError);
  };
  return {
    isDue: () => performance.now() > dueAt,
    draw(training: Training) {
      show(training, meter.read(imagesOf(training)));
    },
    /** After a step. */
    note(training: Training) {
      if (host.read().target === Infinity) meter.start(imagesOf(training));
      if (training.course().losses.length % hashEvery === 0) hash(training, () => undefined);
    },
    rest(training: Training) {
      const speed = meter.stop();
      show(training, speed);
      hash(training, () => {
        const { target } = host.read();
        if (training.isAt(target)) show(training, speed);
      });
    },
    /** Another training begins. */
    clear(last: Training | null) {
      meter.clear();
      hashes = new Map();
      if (last && last.course().losses.length > 0) before = last.course();
    },
  };
}
