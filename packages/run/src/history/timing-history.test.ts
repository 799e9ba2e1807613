import { expect, test } from 'vitest';
import type { TimingEvent } from '../events/events.ts';
import { createTimingHistory } from './timing-history.ts';

const many = 100_000;

function eventsOf(count: number, make: (k: number) => TimingEvent) {
  const history = createTimingHistory();
  for (let k = 0; k < count; k++) history.add(make(k));
  return history;
}

const worker = (k: number) => [
  { phase: 'forward', running: k % 3, ending: 1, waiting: 2 },
  { phase: 'update', running: 1, ending: 0, waiting: 0 },
];

const kinds: Record<string, (k: number) => TimingEvent> = {
  progress: (k) => ({
    event: 'progress',
    step: k,
    epoch: 1,
    elapsedSeconds: k,
    imagesPerSecond: k === 77 ? 1 : k === 99 ? 9000 : 500 + (k % 10),
  }),
  workers: (k) => ({ event: 'workers', step: k, epoch: 1, workers: [worker(k), worker(k + 1)] }),
  profile: (k) => ({
    event: 'profile',
    step: k,
    epoch: 1,
    steps: 2,
    parts: [{ layer: 'conv1', direction: k % 2 === 0 ? 'forward' : 'sum', milliseconds: 4 }],
  }),
  epoch: (k) => ({
    event: 'epoch',
    epoch: k + 1,
    step: k,
    trainSeconds: 0.5,
    evaluateSeconds: 1,
    imagesPerSecond: 1,
  }),
  timeline: (k) => ({
    event: 'timeline',
    step: k + 1,
    epoch: 1,
    milliseconds: k,
    spans: [{ worker: 0, phase: 'update', shard: null, from: 0, to: k }],
  }),
  fault: (k) => ({
    event: 'fault',
    step: k,
    worker: null,
    what: 'hang',
    message: 'm',
    restoredStep: 0,
  }),
};

test.each(Object.entries(kinds))('few events of %s are kept as they are', (_, make) => {
  const events = Array.from({ length: 500 }, (_, k) => make(k));
  expect(eventsOf(500, make).events()).toEqual(events);
});

test.each(Object.entries(kinds))('of very many events of %s some thousand are kept', (_, make) => {
  expect(eventsOf(many, make).events().length).toBeLessThan(20_000);
});

/** The work of the first worker in all events with that many workers. */
function loadOf(events: readonly TimingEvent[], workers: number) {
  const phases = events.flatMap((event) =>
    event.event === 'workers' && event.workers.length === workers ? event.workers[0] : [],
  );
  const sum = (field: 'running' | 'ending' | 'waiting', name: string) =>
    phases.reduce((total, phase) => total + (phase.phase === name ? phase[field] : 0), 0);
  return {
    forward: sum('running', 'forward'),
    ending: sum('ending', 'forward'),
    update: sum('running', 'update'),
    waiting: sum('waiting', 'forward'),
  };
}

test('what workers and layers took is added up, none of it lost', () => {
  const running = Array.from({ length: many }, (_, k) => k % 3).reduce((a, b) => a + b);
  expect(loadOf(eventsOf(many, kinds.workers).events(), 2)).toEqual({
    forward: running,
    ending: many,
    update: many,
    waiting: 2 * many,
  });
  const profiles = eventsOf(many, kinds.profile)
    .events()
    .filter((event) => event.event === 'profile');
  expect(profiles.reduce((sum, { steps }) => sum + steps, 0)).toBe(2 * many);
  const parts = profiles.flatMap((event) => event.parts);
  for (const wanted of ['forward', 'sum']) {
    const times = parts.filter(({ direction }) => direction === wanted);
    expect(times.every(({ layer }) => layer === 'conv1')).toBe(true);
    expect(times.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBe(2 * many);
  }
});

test('a run that went on with other workers keeps their sums apart, the last at the end', () => {
  const make = (k: number): TimingEvent => ({
    event: 'workers',
    step: k,
    epoch: 1,
    workers: k < many / 2 ? [worker(0)] : [worker(0), worker(0)],
  });
  const events = eventsOf(many, make).events();
  for (const workers of [1, 2]) {
    expect(loadOf(events, workers)).toEqual({
      forward: 0,
      ending: many / 2,
      update: many / 2,
      waiting: many,
    });
  }
  const last = events.at(-1);
  expect(last?.event === 'workers' && last.workers.length).toBe(2);
});

test('the slowest and the fastest moment are kept', () => {
  const rates = eventsOf(many, kinds.progress)
    .events()
    .flatMap((event) => (event.event === 'progress' ? [event.imagesPerSecond] : []));
  expect([Math.min(...rates), Math.max(...rates)]).toEqual([1, 9000]);
});

test('an epoch that is kept has the time since the one before', () => {
  const epochs = eventsOf(many, kinds.epoch)
    .events()
    .filter((event) => event.event === 'epoch');
  let seconds = 0;
  for (const { epoch, trainSeconds } of epochs) {
    seconds += trainSeconds;
    expect(seconds).toBe(epoch / 2);
  }
  expect(epochs.at(-1)?.epoch).toBe(many);
});

test('every start and fault is counted', () => {
  const history = eventsOf(many, kinds.fault);
  expect([history.starts, history.faults]).toEqual([0, many]);
});
