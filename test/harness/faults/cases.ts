// The cases of test:faults: each disturbs a run, which should still end with the expected bytes.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { uniform } from '@convbook/core';
import { describeFiles, runTrain, type Ended, type Moment } from './process.ts';
import { smallRun, smallSteps } from './small.ts';

/** Where cases run, and the files and times of an undisturbed run. */
export interface Scene {
  readonly folder: string;
  readonly seed: number;
  readonly files: readonly string[];
  /** Milliseconds. */
  readonly beforeFirstStep: number;
  readonly afterFirstStep: number;
}

export interface Case {
  readonly name: string;
  /** Runs the case; returns a report and the number of kills. Throws when something is wrong. */
  run(scene: Scene): Promise<{ told: string; kills: number }>;
}

/** A run killed one to three times at random moments, each time resumed with 1 to 3 workers. */
export function killedCase(number: number, kills: number): Case {
  const name = `killed ${number}`;
  return {
    name,
    async run(scene) {
      const random = uniform(scene.seed, name, new Float64Array(4 * (kills + 1)));
      const told: string[] = [];
      let [died, steps] = [0, 0];
      for (let k = 0; ; k++) {
        const [when, where, threads] = random.subarray(4 * k);
        const workers = 1 + Math.floor(3 * threads);
        const left = Math.max(0, 1 - steps / smallSteps);
        const moment = k < kills ? toMoment(scene, where, when * left) : undefined;
        const ended = await goOn(scene, name, workers, [], moment);
        told.push(`${workers} workers, ${describe(ended)}`);
        if (ended.status === 0) break;
        expectStatus(ended, 'SIGKILL');
        died++;
        steps += ended.steps;
      }
      checkFiles(scene, name);
      return { told: told.join('; '), kills: died };
    },
  };
}

/** A run killed before each system call that writes a checkpoint, and after the last. */
export const killedInCheckpoints: Case = {
  name: 'killed in checkpoints',
  async run(scene) {
    const random = uniform(scene.seed, this.name, new Float64Array(8));
    for (let call = 1; call <= 7; call++) {
      const checkpoint = 1 + Math.floor(2 * random[call]);
      const fault = `SIGKILL@checkpoint:${checkpoint},call:${call}`;
      expectStatus(await goOn(scene, this.name, 1, ['--inject-fault', fault]), 'SIGKILL');
    }
    expectStatus(await goOn(scene, this.name, 2), 0);
    checkFiles(scene, this.name);
    return { told: 'before open, write, sync, read, rename, sync folder, and after', kills: 7 };
  },
};

/** A worker that fails at a random step; the run itself goes on. */
export function workerCase(kind: 'crash' | 'exit' | 'hang' | 'allocation'): Case {
  return {
    name: kind,
    async run(scene) {
      const [when, who] = uniform(scene.seed, kind, new Float64Array(2));
      const fault = `${kind}@step:${1 + Math.floor(smallSteps * when)},worker:${Math.floor(2 * who)}`;
      const words = ['--inject-fault', fault, ...(kind === 'hang' ? ['--hang-timeout', '3'] : [])];
      expectStatus(await goOn(scene, kind, 2, words), 0);
      const timing = readFileSync(join(scene.folder, kind, 'timing.ndjson'), 'utf8');
      const faults = timing.match(/"event":"fault"/g)?.length ?? 0;
      if (faults !== 1) throw new Error(`expected 1 fault in timing.ndjson, got ${faults}`);
      checkFiles(scene, kind);
      return { told: fault, kills: 0 };
    },
  };
}

/** A process that ends with an exit code, after which the run goes on. */
export function endedCase(name: string, faults: readonly string[], status: number): Case {
  return {
    name,
    async run(scene) {
      const words = faults.flatMap((fault) => ['--inject-fault', fault]);
      expectStatus(await goOn(scene, name, 2, words), status);
      expectStatus(await goOn(scene, name, 1), 0);
      checkFiles(scene, name);
      return { told: `${faults.join(', ')}: exit ${status}, resumed`, kills: 0 };
    },
  };
}

// Starts the run, or resumes it where there is one; a run without a record does not count.
function goOn(scene: Scene, name: string, workers: number, words: string[] = [], kill?: Moment) {
  const run = join(scene.folder, name);
  const isBegun = existsSync(join(run, 'run.json'));
  if (!isBegun) rmSync(run, { recursive: true, force: true });
  const what = isBegun ? ['--resume', run, '--checkpoint-every', '1'] : [...smallRun, '--out', run];
  return runTrain(scene.folder, [...what, '--workers', String(workers), ...words], kill);
}

// One in eight while the process starts; the others while it trains and saves, or has just ended.
function toMoment({ beforeFirstStep, afterFirstStep }: Scene, where: number, when: number): Moment {
  return where < 1 / 8
    ? { afterStart: when * beforeFirstStep }
    : { afterFirstStep: 1.1 * when * afterFirstStep };
}

function describe({ status, steps }: Ended): string {
  return status === 0 ? 'done' : `${status} after ${steps} steps`;
}

function expectStatus({ status, stderr }: Ended, expected: number | string): void {
  if (status === expected) return;
  throw new Error(`expected the process to end with ${expected}, got ${status}\n${stderr}`);
}

/** Throws unless a process ended as it should; the exit code of an error comes with one line. */
export function checkOutcome(
  what: string,
  { status, stderr }: Pick<Ended, 'status' | 'stderr'>,
  expected: number | string,
): void {
  const isOneLine = status !== 2 && status !== 5 ? true : /^error: .*\n$/.test(stderr);
  if (status === expected && isOneLine) return;
  throw new Error(`${what}: expected ${expected}, got ${status}\n${stderr}`);
}

function checkFiles({ folder, files }: Scene, name: string): void {
  const got = describeFiles(join(folder, name));
  if (got.join('\n') === files.join('\n')) return;
  const missing = files.filter((line) => !got.includes(line)).map((line) => `- ${line}`);
  const more = got.filter((line) => !files.includes(line)).map((line) => `+ ${line}`);
  throw new Error(`expected the files of an undisturbed run\n${[...missing, ...more].join('\n')}`);
}
