// pnpm test:fuzz: many damaged and hostile inputs for every reader, each in a process with a fixed heap.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Option } from 'commander';
import { createCommand, runCommand, toCount } from 'convbook/command';
import { runFuzzJob } from './process.ts';
import { targets } from './targets.ts';
import type { Target } from './target.ts';

interface Options {
  runs: number;
  seed?: number;
  reader?: string;
}

/** Readers that run at once. */
const atOnce = 2;

async function fuzz({ runs, seed = Date.now() % 2 ** 31, reader }: Options): Promise<void> {
  const chosen = targets.filter(({ name }) => reader === undefined || name === reader);
  const whole = chosen.reduce((sum, { share }) => sum + share, 0);
  say(`seed ${seed}`);
  const queue = chosen.map((target) => ({
    target,
    runs: Math.ceil((runs * target.share) / whole),
  }));
  let [passed, failed] = [0, 0];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const result = await fuzzOne(next.target, next.runs, seed);
      passed += result.passed;
      failed += result.failed;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  say(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function fuzzOne({ name }: Target, runs: number, seed: number) {
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-fuzz-'));
  const startedAt = performance.now();
  const { inputs, refused, mostBytes, failure } = await runFuzzJob({
    target: name,
    runs,
    seed,
    folder,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  say(
    [
      failure === null ? 'passed' : 'failed',
      name.padEnd(36),
      `${inputs} inputs, ${refused} refused,`.padEnd(30),
      `${(mostBytes / 2 ** 20).toFixed(1)} MiB beyond 4 × the file, ${seconds.toFixed(1)} s`,
    ].join('  '),
  );
  if (failure !== null) {
    say(failure);
    say(
      `The input is in ${folder}; again: pnpm test:fuzz --reader '${name}' --runs ${runs} --seed ${seed}`,
    );
  } else rmSync(folder, { recursive: true });
  return { passed: failure === null ? inputs : inputs - 1, failed: failure === null ? 0 : 1 };
}

const command = createCommand('test:fuzz', 'Gives every reader damaged and hostile inputs.', [
  'pnpm test:fuzz                               100,000 inputs, about three minutes',
  'pnpm test:fuzz --runs 5000 --seed 7',
  "pnpm test:fuzz --reader 'run.json'",
])
  .option('--runs <n>', 'inputs, of all readers together', toCount, 100_000)
  .option('--seed <n>', 'decides the inputs (default: the time)', toCount)
  .addOption(
    new Option('--reader <name>', 'only this reader').choices(targets.map(({ name }) => name)),
  )
  .action(fuzz);

await runCommand(command);
