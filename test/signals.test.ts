// Ctrl+C and SIGTERM, to real processes: as a terminal sends them, to the whole process group, and to
// the node process alone; also below npx and pnpm.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { describeFiles, runTrain } from './harness/faults/process.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  packageManager: string;
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-signals-'));
  writeSmall(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = [process.execPath, ...commandWords('train')];
const npx = ['npx', '--yes', packageManager, '-s', 'train'];

type Send = (to: 'process' | 'group', signal: NodeJS.Signals) => void;

/** Runs a command in a process group of its own; `onText` sees what it prints, on either stream. */
async function run(command: string[], words: string[], onText: (text: string, send: Send) => void) {
  const [program, ...first] = command;
  const child = spawn(program, [...first, ...words, '--json', '--progress', 'plain'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, INIT_CWD: folder },
  });
  let [hasEnded, stderr] = [false, ''];
  const send: Send = (to, signal) => {
    const { pid } = child;
    if (pid !== undefined && !hasEnded) process.kill(to === 'group' ? -pid : pid, signal);
  };
  child.on('exit', () => (hasEnded = true));
  child.stdout.on('data', (text: Buffer) => onText(text.toString(), send));
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
    onText(text.toString(), send);
  });
  // Until every process that holds the streams has ended: npx may end before the process it started.
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { status: signal === null ? code : 128 + constants.signals[signal], stderr };
}

function statusOf(name: string): string {
  const text = readFileSync(path.join(folder, name, 'run.json'), 'utf8');
  return (JSON.parse(text) as { status: string }).status;
}

/** A run long enough to be interrupted; paths are absolute, because pnpm resolves them differently. */
const longRun = (out: string) => [
  ...smallRun,
  '--epochs',
  '1000',
  '--out',
  path.join(folder, out),
  '--model',
  path.join(folder, 'small.mjs'),
  '--data',
  path.join(folder, 'blobs'),
];

/** Sends a signal as soon as this is printed, once. */
function at(what: string, to: 'process' | 'group', signal: NodeJS.Signals) {
  let isSent = false;
  return (text: string, send: Send) => {
    if (isSent || !text.includes(what)) return;
    isSent = true;
    send(to, signal);
  };
}

const firstStep = '"event":"step"';

describe.concurrent('a signal finishes the step, saves, writes the notebook and ends with', () => {
  it.each([
    [130, 'SIGINT', 'process', 'node', node],
    [143, 'SIGTERM', 'process', 'node', node],
    [143, 'SIGUSR1', 'process', 'node', node],
    [143, 'SIGUSR2', 'process', 'node', node],
    [130, 'SIGINT', 'group', 'node', node],
    [143, 'SIGTERM', 'group', 'node', node],
    [130, 'SIGINT', 'group', 'npx pnpm', npx],
    [143, 'SIGTERM', 'group', 'npx pnpm', npx],
  ] as const)('%i: %s to the %s of %s', async (status, signal, to, name, command) => {
    const out = `${signal}-${to}-${name.replace(' ', '-')}`;
    const ended = await run([...command], longRun(out), at(firstStep, to, signal));
    expect(ended.status).toBe(status);
    expect(ended.stderr).toContain(`got ${signal}: finishing the step, then saving\n`);
    expect(statusOf(out)).toBe('interrupted');
    const files = ['checkpoints/last.safetensors', 'model.safetensors', 'index.html'];
    const missing = files.filter((file) => !existsSync(path.join(folder, out, file)));
    expect(missing, ended.stderr).toEqual([]);
  });
});

describe.concurrent('a signal that comes', () => {
  it.each([
    ['before the first step', 'memory, estimated', 'interrupted'],
    ['in an evaluation', '"event":"step","step":30', 'interrupted'],
    ['in the writing of checkpoints', '"event":"step","step":5,', 'interrupted'],
    ['while the notebook is made', '"event":"end"', 'complete'],
  ])('%s saves, too, and ends with 130', async (when, what, status) => {
    const words = [...smallRun, '--epochs', status === 'complete' ? '1' : '1000', '--out', when];
    const ended = await run(node, words, at(what, 'process', 'SIGINT'));
    expect({ code: ended.status, run: statusOf(when) }).toEqual({ code: 130, run: status });
    expect(existsSync(path.join(folder, when, 'index.html'))).toBe(true);
  });
});

it('a run with --requeue ends with 75, and the same command goes on to its end', async () => {
  const words = [...smallRun, '--requeue', '--out', 'requeued'];
  const first = await run(node, words, at('"event":"step","step":7,', 'process', 'SIGTERM'));
  expect([first.status, statusOf('requeued')]).toEqual([75, 'interrupted']);
  const directory = path.join(folder, 'requeued');
  const silent = () => undefined;
  const second = await run(node, words, silent);
  expect([second.status, statusOf('requeued')]).toEqual([0, 'complete']);
  expect(second.stderr).toContain(`${directory}: the run goes on\n`);
  const third = await run(node, words, silent);
  expect(third.status).toBe(0);
  expect(third.stderr).toContain(`${directory}: the run is complete already\n`);
  const other = await run(node, [...words, '--epochs', '3'], silent);
  expect(other.status).toBe(2);
  expect(other.stderr).toContain('error: resume: the run has epochs 2 and not 3; ');
  await runTrain(folder, [...smallRun, '--out', 'uninterrupted']);
  expect(describeFiles(directory)).toEqual(describeFiles(path.join(folder, 'uninterrupted')));
});

describe.concurrent('a second signal', () => {
  it('within a second of the first is the same Ctrl+C', async () => {
    const first = at(firstStep, 'group', 'SIGINT');
    const ended = await run(node, longRun('twice'), (text, send) => {
      first(text, send);
      if (text.includes('got SIGINT: ')) send('process', 'SIGINT');
    });
    expect(ended.status).toBe(130);
    expect(ended.stderr.split('got SIGINT: ')).toHaveLength(2);
    expect(statusOf('twice')).toBe('interrupted');
  });

  it('later ends at once, and the last checkpoint is whole', async () => {
    // The step cannot be finished: only a second signal ends this run before the minute is over.
    const words = [...smallRun, '--workers', '2', '--inject-fault', 'hang@step:5,worker:0'];
    let again: NodeJS.Timeout | undefined;
    const ended = await run(node, [...words, '--out', 'later'], (text, send) => {
      if (text.includes('"event":"step","step":4')) {
        again = setInterval(() => send('process', 'SIGTERM'), 100);
      }
    });
    clearInterval(again);
    expect(ended.status).toBe(143);
    expect(statusOf('later')).toBe('running');
    const resumed = await runTrain(folder, ['--resume', 'later']);
    expect({ status: resumed.status, steps: resumed.steps }).toEqual({ status: 0, steps: 56 });
  });
});
