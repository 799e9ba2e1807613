// `pnpm train --live` as a process of its own, for tests: where its page is, and how it ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandWords } from './harness/command-words.ts';
import { smallRun } from './harness/faults/small.ts';
import { descendantsOf } from './processes.ts';
import { root } from './run-node.ts';

export interface EndedRun {
  code: number | null;
  stderr: string;
}

export interface LiveRun {
  /** The page, `http://127.0.0.1:PORT/`. */
  address: string;
  /** The process of the command, first of a process group of its own. */
  pid: number;
  /** The process that serves the page. */
  serverPid: number;
  ended: Promise<EndedRun>;
}

/** Sleeps, 0.3 seconds each: the page is served, and can be attacked, long before the end. */
const sleeps = Array.from({ length: 24 }, (_, k) => [
  '--inject-fault',
  `sleep@step:${20 * (k + 1)},worker:0`,
]);
const longRun = [
  '--epochs',
  '40',
  '--checkpoint-every',
  '1000',
  '--workers',
  '1',
  ...sleeps.flat(),
];

/** Trains the small model to its end. */
export function startTraining(folder: string, out: string, ...words: string[]) {
  const child = spawn(
    process.execPath,
    commandWords('train', ...smallRun, ...longRun, '--out', out, ...words),
    {
      cwd: root,
      env: { ...process.env, INIT_CWD: folder },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code, stderr }));
  return { child, ended };
}

/** Trains with a live page; resolves once that is served. */
export async function startLive(folder: string, out: string, port = 0): Promise<LiveRun> {
  const { child, ended } = startTraining(folder, out, '--live', String(port));
  let text = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (part: Buffer) => {
      text += part.toString();
      const [found] = /http:\S+(?=\n)/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.stderr.on('end', () => reject(new Error(`expected an address on stderr, got ${text}`)));
  });
  const pid = child.pid as number;
  return { address, pid, serverPid: findServer(pid), ended };
}

function findServer(pid: number): number {
  const isServer = (id: number) =>
    readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('live-server');
  return Number(descendantsOf(pid).find(isServer));
}

/** Whether a process exists, running or stopped. */
export function isThere(pid: number): boolean {
  try {
    // A process that has ended keeps its entry until its parent has waited for it.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** SHA-256 of the trained model, from run.json of a complete run. */
export function modelOf(folder: string, out: string): string | undefined {
  const text = readFileSync(path.join(folder, out, 'run.json'), 'utf8');
  const { result } = JSON.parse(text) as { result?: { modelSha256: string } };
  return result?.modelSha256;
}
