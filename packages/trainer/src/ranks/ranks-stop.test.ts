// Runs over ranks that do not reach their end: ranks that differ, that fail, that are interrupted.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, DataError, DivergedError } from '@convbook/core';
import { constantRate, sgd } from '@convbook/run';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { runOverRanks, type FollowerOptions } from '../testing/run-over-ranks.ts';
import { recordOf } from '../testing/run-files.ts';
import { streamed } from '../testing/streamed.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train, type TrainOptions } from '../train.ts';
import { RankError } from './rank-error.ts';

const data = tinyData(40, 5);
const given = { model: tinyModel, data, epochs: 2, batchSize: 8, shardSize: 4, workers: 0 };
let out = '';

beforeEach(() => {
  out = path.join(temporaryFolder(), 'run');
});

function run(ranks: number, lead: Partial<TrainOptions>, optionsOf: FollowerOptions) {
  return runOverRanks(ranks, (link) => train({ ...given, out, ...lead, link }), optionsOf);
}

/** The run ends on all ranks by this error before anything is written. */
async function expectEnd(outcome: ReturnType<typeof run>, error: Error) {
  const { lead, followers, aborted } = await outcome;
  expect(lead).toEqual({ status: 'rejected', reason: error });
  for (const follower of followers) expect(follower).toEqual({ status: 'rejected', reason: error });
  expect(aborted).toBeNull();
  expect(existsSync(out)).toBe(false);
}

describe('ranks agree before anything is written', () => {
  test.each([
    {
      what: 'a setting',
      options: { epochs: 3 },
      error:
        'rank 2 (host c): expected epochs 2, as rank 0, got 3; give all ranks the same model and options',
    },
    {
      what: 'settings',
      options: { batchSize: 4, optimizer: sgd() },
      error:
        /^rank 2 \(host c\): expected \w+ .*, as rank 0, got .* \(and \d+ more differences\); give all ranks the same model and options$/,
    },
    {
      what: 'the model',
      options: {
        model: {
          ...tinyModel,
          layers: tinyModel.layers.slice(0, 1).concat(tinyModel.layers.slice(2)),
        },
      },
      error:
        /^rank 2 \(host c\): expected a model with SHA-256 [\da-f]{12}…, as rank 0, got [\da-f]{12}…; give all ranks the same model and options$/,
    },
    {
      what: 'the data',
      options: { data: changed() },
      error:
        /^rank 2 \(host c\): expected data with SHA-256 [\da-f]{12}…, as rank 0, got [\da-f]{12}…; copy the data set again, or give --data-from rank0$/,
    },
    {
      what: 'where data come from',
      options: { dataFrom: 'rank0' as const },
      error:
        'rank 2 (host c): expected data from own, as rank 0, got rank0; give all ranks the same model and options',
    },
  ])('$what', async ({ options, error }) => {
    const outcome = run(3, {}, (rank) => ({ ...given, ...(rank === 2 && options) }));
    const { lead } = await outcome;
    const reason: unknown = lead.status === 'rejected' ? lead.reason : null;
    expect(reason).toBeInstanceOf(ConfigurationError);
    const { message } = reason as Error;
    if (typeof error === 'string') expect(message).toBe(error);
    else expect(message).toMatch(error);
    await expectEnd(outcome, new ConfigurationError(message));
  });

  test('one image of another is seen, names and sources are not compared', async () => {
    const { lead } = await run(2, {}, () => ({ ...given, data: { ...data, name: 'copy' } }));
    expect(lead.status).toBe('fulfilled');
  });
});

describe('a rank that fails before the first step ends all, with its line and exit code', () => {
  const nameless = { data: { ...data, name: '' } };
  const problem =
    'data.name: expected a name without / or \\, got ""; give the data set a short name';

  test('another than rank 0', async () => {
    const outcome = await run(3, {}, (rank) => (rank === 1 ? { ...given, ...nameless } : given));
    const [first, second] = outcome.followers;
    expect(first).toEqual({ status: 'rejected', reason: new DataError(problem) });
    const told = new RankError(`rank 1 (host b): ${problem}`, 3);
    expect(outcome.lead).toEqual({ status: 'rejected', reason: told });
    expect(second).toEqual({ status: 'rejected', reason: told });
    expect(existsSync(out)).toBe(false);
  });

  test('rank 0 before it begins', async () => {
    const { lead, followers } = await run(2, nameless, () => given);
    expect(lead).toMatchObject({ reason: { message: problem, exitCode: 3 } });
    expect(followers).toMatchObject([
      { reason: { message: `rank 0 (host a): ${problem}`, exitCode: 3 } },
    ]);
  });

  test('rank 0 where the run directory is in use', async () => {
    out = temporaryFolder();
    writeFileSync(path.join(out, 'mine'), '');
    const { lead, followers, aborted } = await run(2, {}, () => given);
    expect(lead).toMatchObject({ status: 'rejected', reason: { exitCode: 2 } });
    expect(followers).toEqual([{ status: 'fulfilled', value: 2 }]);
    expect(aborted).toBeNull();
  });

  test('a data set that is read while training cannot be given to others', async () => {
    const inFiles = streamed(data, temporaryFolder());
    const options = { data: inFiles, dataFrom: 'rank0' as const };
    const { lead, followers } = await run(2, options, () => ({ ...given, dataFrom: 'rank0' }));
    expect(lead).toMatchObject({
      reason: new ConfigurationError(
        'data-from: expected a data set in memory with rank0, got one that is read from a file while ' +
          'training (for a test); give every rank its own copy and --data-from own',
      ),
    });
    expect(followers).toMatchObject([{ reason: { exitCode: 2 } }]);
  });
});

describe('a run that ends early', () => {
  test('is saved where another rank than 0 is told to end it', async () => {
    const interruption = new AbortController();
    const onEvent: TrainOptions['onEvent'] = ({ event }) => {
      if (event === 'step') interruption.abort(new Error('got SIGINT'));
    };
    const reasons: Error[] = [];
    const onRankStopped = (reason: Error) => reasons.push(reason);
    const { lead, followers } = await run(3, { epochs: 2000, onEvent, onRankStopped }, (rank) => ({
      ...given,
      epochs: 2000,
      ...(rank === 2 && { signal: interruption.signal }),
    }));
    expect(reasons).toEqual([new RankError('rank 2 (host c): got SIGINT', 1)]);
    expect(lead).toMatchObject({ status: 'fulfilled' });
    expect(followers).toEqual([1, 2].map(() => ({ status: 'fulfilled', value: 0 })));
    expect(recordOf(out).status).toBe('interrupted');
  });

  test('diverged: rank 0 tells, the others end with the same exit code', async () => {
    const options = { schedule: constantRate(), learningRate: 1e30 };
    const { lead, followers, aborted } = await run(3, options, () => ({ ...given, ...options }));
    expect(lead).toMatchObject({ status: 'rejected' });
    expect(lead.status === 'rejected' && lead.reason).toBeInstanceOf(DivergedError);
    expect(followers).toEqual([1, 2].map(() => ({ status: 'fulfilled', value: 4 })));
    expect(aborted).toBeNull();
    expect(recordOf(out).status).toBe('diverged');
  });

  test('a disk that is full on rank 0 ends the others with its exit code', async () => {
    const { lead, followers } = await run(2, { injectFault: ['ENOSPC@checkpoint:1'] }, () => given);
    expect(lead).toMatchObject({ status: 'rejected', reason: { exitCode: 5 } });
    expect(followers).toEqual([{ status: 'fulfilled', value: 5 }]);
  });

  // Each rank has one of the two shards of a batch, and of the test set.
  test.each([
    [0, 'a', 'forward', 'forward and backward, shard 0, step 5'],
    [1, 'b', 'forward', 'forward and backward, shard 1, step 5'],
    [1, 'b', 'evaluation', 'evaluation, shard 1, after step 5'],
  ])('a worker that fails on rank %i (host %s) ends all: %s', async (rank, host, phase, where) => {
    const settings = { ...given, evaluationShardSize: 4 };
    const injectFault = [`crash@step:5,worker:0,phase:${phase},rank:${rank}`];
    const optionsOf = (own: number) => (own === rank ? { workers: 1, injectFault } : {});
    const { lead, aborted } = await run(2, { ...settings, ...optionsOf(0) }, (own) => ({
      ...settings,
      ...optionsOf(own),
    }));
    expect(lead.status).toBe('rejected');
    const failure = `worker 0: failed in ${where} (injected crash)`;
    expect(aborted).toEqual({
      message: `rank ${rank} (host ${host}), step 5: ${failure}; go on with --resume`,
      exitCode: 1,
    });
    // No worker is replaced.
    expect(readFileSync(path.join(out, 'timing.ndjson'), 'utf8')).not.toContain('"fault"');
  });
});

/** The same images but for one byte. */
function changed() {
  const copy = tinyData(40, 5);
  copy.test.images[7] ^= 1;
  return copy;
}
