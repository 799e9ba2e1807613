// The commands that start ranks, for tests: on this machine alone, and bounded in time.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { describe } from 'vitest';
import { commandWords } from '../command-words.ts';
import { descendantsOf } from '../../processes.ts';

export interface LauncherCommand {
  readonly name: string;
  /** Starts what follows as so many ranks. */
  words(ranks: number): string[];
}

export const openMpi: LauncherCommand = {
  name: 'Open MPI',
  words: (ranks) =>
    ['mpirun.openmpi', '--oversubscribe', '--bind-to', 'none', '-np'].concat(String(ranks)),
};

export const mpich: LauncherCommand = {
  name: 'MPICH',
  words: (ranks) => ['mpiexec.mpich', '-np', String(ranks)],
};

/** Tests that need a launcher: skipped with the reason where it is not installed. */
export function describeUnder(
  { name, words }: LauncherCommand,
  what: string,
  tests: () => void,
): void {
  const [program] = words(1);
  const isMissing = spawnSync(program, ['--version']).status !== 0;
  const reason = isMissing ? ` (skipped: there is no ${program})` : '';
  describe.skipIf(isMissing)(`${what}, under ${name}${reason}`, tests);
}

/** Before a test, which may be tried again: removes all runs of a folder but that which others are compared with. */
export function removeRuns(folder: string): void {
  for (const name of readdirSync(folder)) {
    const run = path.join(folder, name);
    if (name !== 'alone' && existsSync(path.join(run, 'run.json')))
      rmSync(run, { recursive: true });
  }
}

/** Node's words that train. */
export const train = [process.execPath, ...commandWords('train')];

export interface EndedRanks {
  /** Of the launcher. */
  readonly status: number;
  readonly stdout: string;
  /** Without what the launcher itself says. */
  readonly lines: readonly string[];
  /** All that ranks and launcher say. */
  readonly stderr: string;
}

/** A launcher at work, with its ranks. */
export interface RunningRanks {
  signal(to: 'launcher' | number, signal: NodeJS.Signals): void;
}

// A job that takes longer hangs.
const longestMilliseconds = 90_000;

/** Runs a launcher as typed in a folder; `onText` sees what the ranks print. */
export async function runRanks(
  folder: string,
  [program, ...words]: readonly string[],
  onText: (text: string, running: RunningRanks) => void = () => undefined,
): Promise<EndedRanks> {
  const child = spawn(program, words, {
    cwd: folder,
    env: { ...process.env, ...asRoot, INIT_CWD: folder, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running: RunningRanks = {
    signal: (to, signal) =>
      process.kill(to === 'launcher' ? pidOf(child) : rankOf(child, to), signal),
  };
  const end = setTimeout(() => endAll(child), longestMilliseconds);
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (bytes: Buffer) => {
      texts[stream] += bytes.toString();
      onText(bytes.toString(), running);
    });
  }
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(end);
  const status = signal === null ? (code ?? -1) : 128 + constants.signals[signal];
  return { status, ...texts, lines: ownLines(texts.stderr) };
}

/** For `runRanks`: acts once, when ranks have printed a step, as with `--json`. */
export function atStep(step: number, act: (running: RunningRanks) => void) {
  let hasActed = false;
  return (text: string, running: RunningRanks) => {
    if (hasActed || !text.includes(`"event":"step","step":${step},`)) return;
    hasActed = true;
    act(running);
  };
}

const asRoot = { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' };

/** Open MPI frames what it says with hyphens. */
function ownLines(text: string): string[] {
  return text
    .replaceAll(/^-{20,}\n[^]*?^-{20,}\n/gm, '')
    .split('\n')
    .filter((line) => line !== '' && !/^(?:mpirun|\[mpiexec)/.test(line));
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('ranks: expected a launcher, got none');
  return pid;
}

/** The process of a rank, as its launcher's variables say. */
function rankOf(child: ChildProcess, rank: number): number {
  const isRank = new RegExp(`(?:^|\\0)(?:OMPI_COMM_WORLD_RANK|PMI_RANK)=${rank}\\0`);
  const found = descendantsOf(pidOf(child)).find((pid) =>
    isRank.test(readFileSync(`/proc/${pid}/environ`, 'utf8')),
  );
  if (found === undefined) throw new Error(`ranks: expected rank ${rank}, got none`);
  return found;
}

function endAll(child: ChildProcess): void {
  const all = [pidOf(child), ...descendantsOf(pidOf(child))];
  for (const pid of all) process.kill(pid, 'SIGKILL');
}
