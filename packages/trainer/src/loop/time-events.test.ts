// Real runs: real threads, real files.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTiming, type TimingEvent } from '@convbook/run';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train } from '../train.ts';

async function timingOf(workers: number, samples = 92): Promise<TimingEvent[]> {
  const out = temporaryFolder();
  const settings = { epochs: 2, batchSize: 8, shardSize: 4, seed: 3 };
  await train({ ...settings, model: tinyModel, data: tinyData(samples, 5), workers, out });
  return parseTiming(readFileSync(path.join(out, 'timing.ndjson'), 'utf8'), 'timing', false);
}

function eventsOf<Name extends TimingEvent['event']>(events: readonly TimingEvent[], name: Name) {
  return events.filter(
    (event): event is Extract<TimingEvent, { event: Name }> => event.event === name,
  );
}

const phases = ['forward and backward', 'sum over shards', 'update'];

test('two workers: who computed which shard, and how long each worked', async () => {
  const events = await timingOf(2);
  // 12 steps an epoch, of which those before the tenth and the twentieth are timed.
  const timelines = eventsOf(events, 'timeline');
  expect(timelines.map(({ step, epoch }) => [step, epoch])).toEqual([
    [9, 1],
    [19, 2],
  ]);
  for (const { milliseconds, spans } of timelines) {
    const shards = spans.flatMap(({ shard }) => (shard === null ? [] : [shard]));
    expect(shards.sort()).toEqual([0, 1]);
    expect(new Set(spans.map(({ phase }) => phase))).toEqual(new Set(phases));
    expect(spans.every(({ from, to }) => from >= 0 && from <= to && to <= milliseconds)).toBe(true);
    expect(spans.every(({ worker }) => worker === 0 || worker === 1)).toBe(true);
  }
  const workers = eventsOf(events, 'workers');
  expect(workers.map(({ step }) => step)).toEqual([12, 24]);
  for (const event of workers) {
    expect(event.workers.map((own) => own.map(({ phase }) => phase))).toEqual([phases, phases]);
  }
});

test.each([0, 1])('%i workers: where the time is, by layer', async (workers) => {
  const events = await timingOf(workers);
  const profiles = eventsOf(events, 'profile');
  expect(profiles.map(({ epoch, steps }) => [epoch, steps])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  for (const { parts } of profiles) {
    const names = parts.map(({ layer, direction }) => `${layer} ${direction}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.endsWith('weight gradient')).sort()).toEqual([
      'conv1 weight gradient',
      'dense1 weight gradient',
      'dense2 weight gradient',
    ]);
  }
  expect(eventsOf(events, 'timeline')).toHaveLength(workers === 0 ? 0 : 2);
});

test('eight steps have no sample', async () => {
  const events = await timingOf(0, 32);
  expect(eventsOf(events, 'profile')).toEqual([]);
  expect(eventsOf(events, 'workers')).toEqual([]);
});
