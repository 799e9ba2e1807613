// A failure shows one line, ends with the right exit code and leaves nothing half written.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { conv2d, dense, flatten } from '@convbook/layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { runTrain } from './harness/faults/process.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-faults-'));
  writeSmall(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inject = (...faults: string[]) => faults.flatMap((fault) => ['--inject-fault', fault]);

describe('pnpm train', () => {
  it('ends with 1 after a worker failed three times at one step, and says why', async () => {
    const faults = inject(...[1, 2, 3].map(() => 'crash@step:4,worker:1'));
    const words = [...smallRun, '--workers', '2', ...faults, '--out', 'repeated'];
    const { status, stderr } = await runTrain(folder, words);
    expect(status).toBe(1);
    const [last] = stderr.trimEnd().split('\n').slice(-1);
    expect(last).toMatch(
      /^error: step 4: expected workers to get past it, got 3 failures in a row; worker 1: failed in forward and backward, shard \d, step 4 \(injected crash\); step 3 is saved, go on with --resume$/,
    );
  });

  it('says which worker failed where, and where training continues', async () => {
    const words = [...smallRun, '--workers', '2', ...inject('exit@step:31,worker:0')];
    const { status, stderr } = await runTrain(folder, [...words, '--out', 'once']);
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^worker 0: its thread ended with code 7 in forward and backward, shard \d, step 31: new workers go on from the checkpoint of step 30$/m,
    );
  });

  it('does not name --inject-fault in --help', () => {
    const { status, stdout } = spawnSync(process.execPath, commandWords('train', '--help'), {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('--hang-timeout <s>');
    expect(stdout).not.toContain('inject');
  });

  it('says what memory a run will need before it starts', async () => {
    const { stderr } = await runTrain(folder, [...smallRun, '--out', 'estimated']);
    expect(stderr).toMatch(
      /^memory, estimated: \d+\.\d MiB, of these WebAssembly \d+\.\d MiB, data set \d+\.\d MiB$/m,
    );
  });
});

describe('is refused with one line, and nothing is written', () => {
  const rows: [string, string[], number, string][] = [
    [
      'an unknown fault',
      inject('boom@step:1,worker:0'),
      2,
      '--inject-fault: expected crash, exit, hang, allocation, sleep, SIGKILL or SIGSTOP@step:N,worker:W[,phase:P][,rank:R] with P forward, sum, update or evaluation, ENOSPC or EACCES@checkpoint:K, or SIGKILL@checkpoint:K,call:J with J from 1 to 7, got "boom@step:1,worker:0"',
    ],
    [
      'a hang timeout below a second',
      ['--hang-timeout', '0.5'],
      2,
      'hangTimeout: expected at least 1 second, got 0.5',
    ],
    [
      'where other ranks have data from, before its own are looked for',
      ['--data-from', 'rank1', '--data', './nothing'],
      2,
      'dataFrom: expected own or rank0, got "rank1"',
    ],
    [
      'a model larger than memory',
      ['--model', 'wide.mjs'],
      2,
      'memory: expected at most 4.0 GiB, as much as a WebAssembly memory holds, got 6.3 GiB (optimizer state 3.0 GiB, parameters 1.5 GiB, gradients 1.5 GiB); take a smaller batchSize, shardSize or model, or fewer workers',
    ],
  ];
  it.each(rows)('%s', async (_, words, code, message) => {
    const layers = [conv2d({ filters: 5, kernelSize: 1 }), flatten(), dense({ units: 800_000 })];
    const wide = { input: [1, 10, 10], layers: [...layers, dense({ units: 3 })] };
    writeFileSync(path.join(folder, 'wide.mjs'), `export default ${JSON.stringify(wide)};\n`);
    const { status, stderr } = await runTrain(folder, [...smallRun, ...words, '--out', 'refused']);
    expect({ status, stderr }).toEqual({ status: code, stderr: `error: ${message}\n` });
    expect(existsSync(path.join(folder, 'refused'))).toBe(false);
  });

  it('a run that ended before run.json was written', async () => {
    const out = path.join(folder, 'unbegun');
    mkdirSync(path.join(out, 'checkpoints'), { recursive: true });
    expect(await runTrain(folder, ['--resume', 'unbegun'])).toMatchObject({
      status: 5,
      stderr: `error: ${out}: expected run.json, got none: no run began here, or it ended before that was written; remove the folder and start again\n`,
    });
  });
});
