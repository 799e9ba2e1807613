// `pnpm train` as a process of its own, killed at a chosen moment or left to its end.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commandWords } from '../command-words.ts';

/** When a process is killed, in milliseconds: after its start, or after it logged a step. */
export type Moment = { readonly afterStart: number } | { readonly afterFirstStep: number };

/** How a process ended. */
export interface Ended {
  /** Exit code, or the signal it died of. */
  readonly status: number | string;
  /** Steps it logged. */
  readonly steps: number;
  /** From its start to its first step, and from there to its last event, in milliseconds. */
  readonly beforeFirstStep: number;
  readonly afterFirstStep: number;
  readonly stderr: string;
}

// A process that takes longer hangs.
const longestMilliseconds = 90_000;

/** Runs `pnpm train` with `words` as typed in `folder`. */
export async function runTrain(folder: string, words: string[], kill?: Moment): Promise<Ended> {
  const child = spawn(process.execPath, [...commandWords('train'), ...words, '--json'], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const strike = () => child.kill('SIGKILL');
  const timers = [setTimeout(strike, longestMilliseconds)];
  if (kill && 'afterStart' in kill) timers.push(setTimeout(strike, kill.afterStart));
  const startedAt = performance.now();
  let [firstStepAt, lastEventAt, steps, stderr] = [0, 0, 0, ''];
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  child.stdout.on('data', (text: Buffer) => {
    steps += text.toString().split('"event":"step"').length - 1;
    lastEventAt = performance.now();
    if (firstStepAt > 0 || steps === 0) return;
    firstStepAt = lastEventAt;
    if (kill && 'afterFirstStep' in kill) timers.push(setTimeout(strike, kill.afterFirstStep));
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  timers.forEach((timer) => clearTimeout(timer));
  return {
    status: code ?? signal ?? 'unknown',
    steps,
    stderr,
    beforeFirstStep: firstStepAt - startedAt,
    afterFirstStep: lastEventAt - firstStepAt,
  };
}

/** Runs a command as typed in `folder`, under a limit that a shell sets. */
export async function runLimited(
  folder: string,
  [command, ...words]: readonly string[],
  limit: string,
): Promise<Pick<Ended, 'status' | 'stderr'>> {
  const typed = [`${limit}; exec "$0" "$@"`, process.execPath, ...commandWords(command, ...words)];
  const child = spawn('bash', ['-c', ...typed], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: longestMilliseconds,
    killSignal: 'SIGKILL',
  });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { status: code ?? signal ?? 'unknown', stderr };
}

// Files that say when, where or how fast a run was.
const ofTheMachine = ['run.json', 'timing.ndjson', 'index.html'];

/** A line for each file of a run that the arithmetic decides: its path and SHA-256. */
export function describeFiles(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  return names
    .filter((name) => !ofTheMachine.includes(name) && statSync(join(directory, name)).isFile())
    .map((name) => {
      const bytes = readFileSync(join(directory, name));
      return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
    });
}
