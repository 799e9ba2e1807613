// Workers that fail on purpose, in real threads: the run comes out the same.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import type { TimingEvent } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { WorkerError } from '../engine/worker-error.ts';
import { RepeatedFailureError } from './recovery.ts';
import { resume } from '../resume.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { hashesOf, metricsOf, recordOf, tensorsOf } from '../testing/run-files.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train, type TrainOptions } from '../train.ts';

const data = tinyData(40, 9);
const base = { model: tinyModel, data, batchSize: 8, epochs: 2, validation: 8, workers: 2 };

/** Eight steps, four an epoch. */
async function run(options: Partial<TrainOptions> = {}): Promise<string> {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...base, ...options, out });
  return out;
}

const undisturbed = async () => hashesOf(await run({ workers: 0 }));

function faultsOf(directory: string): Extract<TimingEvent, { event: 'fault' }>[] {
  const lines = readFileSync(path.join(directory, 'timing.ndjson'), 'utf8').trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as TimingEvent);
  return events.filter((event) => event.event === 'fault');
}

describe('a worker that fails is replaced, and nothing else changes', () => {
  test.each([
    [
      'crash',
      { what: 'error', message: /^worker 1: failed in forward and backward, shard \d, step 7$/ },
    ],
    [
      'exit',
      {
        what: 'exit',
        message:
          /^worker 1: its thread ended with code 7 in forward and backward, shard \d, step 7$/,
      },
    ],
    [
      'allocation',
      {
        what: 'memory',
        message: /^worker 1: out of memory in forward and backward, shard \d, step 7$/,
      },
    ],
    [
      'hang',
      {
        what: 'hang',
        message:
          /^worker 1: expected progress within 5 seconds, got none in forward and backward, shard \d, step 7; where a step takes so long, give a longer --hang-timeout$/,
      },
    ],
  ])('%s', async (kind, { what, message }) => {
    const out = await run({
      checkpointEvery: 3,
      injectFault: [`${kind}@step:7,worker:1`],
      hangTimeout: kind === 'hang' ? 5 : undefined,
    });
    expect(hashesOf(out)).toEqual(await undisturbed());
    const [fault, ...more] = faultsOf(out);
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ event: 'fault', step: 7, worker: 1, what, restoredStep: 6 });
    expect(fault.message).toMatch(message);
  });

  test.each(['crash', 'hang'])('%s, in an evaluation', async (kind) => {
    const out = await run({
      injectFault: [`${kind}@step:4,worker:1,phase:evaluation`],
      hangTimeout: kind === 'hang' ? 5 : undefined,
    });
    expect(hashesOf(out)).toEqual(await undisturbed());
    const [fault, ...more] = faultsOf(out);
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ step: 4, worker: 1, restoredStep: 0 });
    expect(fault.message).toContain('in evaluation, shard 0, after step 4');
  });

  test.each([
    ['sum', /^worker 1: failed in sum over shards, item \d+, step 8$/],
    ['update', /^worker 1: failed in update, item \d+, step 8$/],
    ['evaluation', /^worker 1: failed in evaluation, shard 0, after step 8$/],
  ])('crash in the last step: %s', async (phase, message) => {
    const out = await run({ injectFault: [`crash@step:8,worker:1,phase:${phase}`] });
    expect(hashesOf(out)).toEqual(await undisturbed());
    expect(faultsOf(out)).toMatchObject([{ step: 8, restoredStep: 4 }]);
    expect(faultsOf(out)[0].message).toMatch(message);
  });

  test('both in one step', async () => {
    const out = await run({ injectFault: ['crash@step:6,worker:0', 'exit@step:6,worker:1'] });
    expect(hashesOf(out)).toEqual(await undisturbed());
    for (const { step } of faultsOf(out)) expect(step).toBe(6);
  });

  test('before the first checkpoint: from the beginning, however often it gets further', async () => {
    const injectFault = [1, 2, 3, 4].map((step) => `crash@step:${step},worker:${step % 2}`);
    const out = await run({ injectFault });
    expect(hashesOf(out)).toEqual(await undisturbed());
    // The step before the one that failed is saved: no failure costs more than one replay.
    expect(faultsOf(out).map(({ step, restoredStep }) => [step, restoredStep])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 2],
    ]);
  });

  test('as a resumed run', async () => {
    const out = path.join(temporaryFolder(), 'run');
    await train({ ...base, out, stopAfter: 5 });
    const injectFault = ['exit@step:6,worker:2'];
    await resume(out, { chooseData: () => data, workers: 3, injectFault });
    expect(hashesOf(out)).toEqual(await undisturbed());
    expect(faultsOf(out)).toMatchObject([{ step: 6, worker: 2, restoredStep: 5 }]);
  });
});

describe('workers that fail three times at one step', () => {
  const step5 = ['crash', 'exit', 'crash'].map((kind) => `${kind}@step:5,worker:0`);

  test('end the run: what was learned before is saved, and --resume goes on to the same bytes', async () => {
    const out = path.join(temporaryFolder(), 'run');
    const failed = train({ ...base, out, injectFault: step5 });
    await expect(failed).rejects.toThrow(
      /^step 5: expected workers to get past it, got 3 failures in a row; worker 0: failed in forward and backward, shard \d, step 5 \(injected crash\); step 4 is saved, go on with --resume$/,
    );
    const error = await failed.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(RepeatedFailureError);
    expect(error).toMatchObject({
      exitCode: 1,
      cause: {
        name: 'WorkerError',
        step: 5,
        at: { worker: 0, stepsDone: 4, phase: 'forward and backward' },
        cause: { message: 'injected crash' },
      },
    });
    expect((error as Error).cause).toBeInstanceOf(WorkerError);
    expect(recordOf(out).status).toBe('failed');
    expect(faultsOf(out).map(({ what }) => what)).toEqual(['error', 'exit', 'error']);
    expect(tensorsOf(out, 'checkpoints/last.safetensors').get('cursor')?.data[2]).toBe(4);
    expect(metricsOf(out, 'step')).toHaveLength(4);
    await resume(out, { chooseData: () => data, workers: 1 });
    expect(hashesOf(out)).toEqual(await undisturbed());
  });

  test('in one evaluation: saved before it, and each failure names the step', async () => {
    const out = path.join(temporaryFolder(), 'run');
    const injectFault = Array<string>(3).fill('crash@step:4,worker:1,phase:evaluation');
    const what = 'worker 1: failed in evaluation, shard 0, after step 4';
    await expect(train({ ...base, out, injectFault })).rejects.toThrow(
      new RepeatedFailureError(
        `step 4: expected workers to get past it, got 3 failures in a row; ${what} ` +
          '(injected crash); step 4 is saved, go on with --resume',
      ),
    );
    expect(faultsOf(out).map(({ message, restoredStep }) => [message, restoredStep])).toEqual([
      [what, 0],
      [what, 4],
      [what, 4],
    ]);
    await resume(out, { chooseData: () => data, workers: 0 });
    expect(hashesOf(out)).toEqual(await undisturbed());
  });

  test('at the first step leave nothing to save', async () => {
    const out = path.join(temporaryFolder(), 'run');
    const injectFault = [1, 2, 3].map(() => 'crash@step:1,worker:1');
    await expect(train({ ...base, out, injectFault })).rejects.toThrow(
      /^step 1: expected workers to get past it, got 3 failures in a row; worker 1: failed in forward and backward, shard \d, step 1 \(injected crash\); no step is saved, --resume begins again$/,
    );
    expect(existsSync(path.join(out, 'checkpoints', 'last.safetensors'))).toBe(false);
    await resume(out, { chooseData: () => data, workers: 0 });
    expect(hashesOf(out)).toEqual(await undisturbed());
  });
});

describe('a disk that refuses the third checkpoint', () => {
  test.each([
    ['ENOSPC', 'free space'],
    ['EACCES', 'mend permissions'],
  ])('%s ends the run; the second is whole', async (code, remedy) => {
    const out = path.join(temporaryFolder(), 'run');
    const file = path.join(out, 'checkpoints', 'last.safetensors');
    const injectFault = [`${code}@checkpoint:3`];
    await expect(train({ ...base, out, checkpointEvery: 2, injectFault })).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be written, got ${code}; ${remedy}`),
    );
    expect(recordOf(out).status).toBe('failed');
    expect(existsSync(`${file}.tmp`)).toBe(false);
    expect(tensorsOf(out, 'checkpoints/last.safetensors').get('cursor')?.data[2]).toBe(4);
    await resume(out, { chooseData: () => data, workers: 0 });
    expect(hashesOf(out)).toEqual(await undisturbed());
  });
});
