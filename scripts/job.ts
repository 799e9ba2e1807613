// node --import tsx scripts/job.ts: seconds from starting the command to a test accuracy, ours and
// PyTorch's with the same recipe, in turn.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mnistFolder } from '@convbook/data';
import { toConfiguration, toRecipe, withRecipe } from '@convbook/trainer';
import { createCommand, runCommand, toCount, toNumber } from './support/command.ts';

interface Options {
  target: number;
  seed: number[];
  threads: number;
  peer: boolean;
}

interface Job {
  /** Seconds until the target was seen; null where it never was. */
  readonly reached: number | null;
  readonly seconds: number;
  readonly testAccuracy: number;
}

/** Runs a command that prints a line of JSON for each epoch. */
async function runJob(command: string, words: string[], target: number, env = {}): Promise<Job> {
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let [reached, testAccuracy]: [number | null, number] = [null, 0];
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line) as { event: string; testAccuracy?: number };
    if (event.event !== 'epoch' || event.testAccuracy === undefined) continue;
    testAccuracy = event.testAccuracy;
    if (testAccuracy >= target) reached ??= elapsed();
  }
  return { reached, seconds: elapsed(), testAccuracy };
}

async function runOurs(seed: number, { target, threads }: Options): Promise<Job> {
  const folder = await mkdtemp(join(tmpdir(), 'convbook-job-'));
  const script = join(import.meta.dirname, 'train.ts');
  const words = [
    ...['--import', 'tsx', script, '--recipe', 'fast', '--seed', String(seed), '--json'],
    ...['--progress', 'none', '--workers', String(threads), '--out', join(folder, 'run')],
  ];
  try {
    return await runJob(process.execPath, words, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runTorch(seed: number, { target, threads }: Options): Promise<Job> {
  const settings = toConfiguration(withRecipe({ recipe: 'fast' }), 60_000);
  const { epochs, learningRate, optimizer, batchSize, augment } = settings;
  const values = {
    ...{ epochs, 'learning-rate': learningRate, 'weight-decay': optimizer.weightDecay },
    ...{ shift: augment?.shift ?? 0, 'batch-size': batchSize, seed, threads },
    data: mnistFolder(),
  };
  const words = Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const script = join(import.meta.dirname, 'peers', 'job_torch.py');
  return runJob('/usr/bin/python3', [script, ...words], target, tuned());
}

// OpenBLAS on PyTorch's own OpenMP pool, and jemalloc that keeps its pages: Debian's
// libopenblas0-openmp and libjemalloc2, where they are installed.
function tuned(): Record<string, string> {
  const folder = '/usr/lib/x86_64-linux-gnu';
  const [blas, jemalloc] = [join(folder, 'openblas-openmp'), join(folder, 'libjemalloc.so.2')];
  return {
    ...(existsSync(blas) ? { LD_LIBRARY_PATH: blas } : {}),
    ...(existsSync(jemalloc)
      ? { LD_PRELOAD: jemalloc, MALLOC_CONF: 'dirty_decay_ms:-1,muzzy_decay_ms:-1' }
      : {}),
  };
}

function tell(who: string, seed: number, { reached, seconds, testAccuracy }: Job): void {
  const when = reached === null ? 'never reached' : `reached after ${reached.toFixed(1)} s`;
  const end = `${(testAccuracy * 100).toFixed(2)}% after ${seconds.toFixed(1)} s`;
  process.stdout.write(`${who.padEnd(8)} seed ${seed}  ${when}; ${end}\n`);
}

async function run(options: Options): Promise<void> {
  const { model } = toRecipe('fast');
  const load = loadavg()[0].toFixed(2);
  process.stdout.write(`${model} to ${(options.target * 100).toFixed(2)}%, load before ${load}\n`);
  for (const seed of options.seed) {
    tell('convbook', seed, await runOurs(seed, options));
    if (options.peer) tell('pytorch', seed, await runTorch(seed, options));
  }
}

// Called for each word, with what came before; the default is none of them.
function toCounts(text: string, before: number[]): number[] {
  return before === firstSeed ? [toCount(text)] : [...before, toCount(text)];
}

const firstSeed = [1];

const command = createCommand(
  'job',
  'Seconds from the command to a test accuracy with --recipe fast, beside PyTorch.',
  ['node --import tsx scripts/job.ts --seed 1 2 3'],
)
  .option('--target <x>', 'test accuracy, a fraction', toNumber, 0.9896)
  .option('--seed <n...>', 'each is run once by both', toCounts, firstSeed)
  .option('--threads <n>', 'workers, and threads of PyTorch', toCount, 2)
  .option('--no-peer', 'without PyTorch')
  .action(run);

await runCommand(command);
