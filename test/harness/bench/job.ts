// node --import tsx scripts/job.ts: seconds from starting the command to a test accuracy, with `--recipe fast`, and
// of simple-convnet in turn with PyTorch, both with the same settings.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mnistFolder } from '@convbook/data/training';
import { listOfCounts } from './list-of-counts.ts';
import { runJob, type Job } from './run-job.ts';
import { python, tunedEnvironment } from './torch.ts';
import { commandWords } from '../command-words.ts';
import { createCommand, runCommand, toCount, toNumber } from 'convbook/command';

interface Options {
  target: number;
  seed: number[];
  threads: number;
  peer: boolean;
}

/** How simple-convnet is trained by both. */
const compared = { epochs: 3, 'learning-rate': 0.01, 'weight-decay': 0.1 };
const shift = 1;

async function runOurs(
  settings: readonly string[],
  seed: number,
  { target, threads }: Options,
): Promise<Job> {
  const folder = await mkdtemp(join(tmpdir(), 'convbook-job-'));
  const words = commandWords(
    'train',
    '--json',
    '--progress=none',
    `--seed=${seed}`,
    `--workers=${threads}`,
    `--out=${join(folder, 'run')}`,
    ...settings,
  );
  try {
    return await runJob(process.execPath, words, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runTorch(seed: number, { target, threads }: Options): Promise<Job> {
  const values = { ...compared, shift, 'batch-size': 100, seed, threads, data: mnistFolder() };
  const script = join(import.meta.dirname, '..', '..', 'peers', 'job_torch.py');
  const words = Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return runJob(python, [script, ...words], target, tunedEnvironment() ?? {});
}

function tell(who: string, seed: number, { reached, seconds, testAccuracy }: Job): void {
  const when = reached === null ? 'never reached' : `reached after ${reached.toFixed(1)} s`;
  const end = `${(testAccuracy * 100).toFixed(2)}% after ${seconds.toFixed(1)} s`;
  process.stdout.write(`${who.padEnd(20)} seed ${seed}  ${when}; ${end}\n`);
}

async function run(options: Options): Promise<void> {
  const torch = tunedEnvironment() ? 'pytorch tuned' : 'pytorch as installed';
  const load = loadavg()[0].toFixed(2);
  process.stdout.write(`to ${(options.target * 100).toFixed(2)}%, load before ${load}\n`);
  const own = Object.entries(compared).map(([name, value]) => `--${name}=${value}`);
  const settings = ['--model=simple-convnet', `--augment=shift=${shift}`, ...own];
  for (const seed of options.seed) {
    tell('--recipe fast', seed, await runOurs(['--recipe=fast'], seed, options));
    if (!options.peer) continue;
    tell('simple-convnet', seed, await runOurs(settings, seed, options));
    tell(torch, seed, await runTorch(seed, options));
  }
}

const firstSeed = [1];

const command = createCommand(
  'job',
  'Seconds from the command to a test accuracy, with --recipe fast, and of simple-convnet compared with PyTorch.',
  ['node --import tsx scripts/job.ts --seed 1 2 3'],
)
  .option('--target <x>', 'test accuracy, a fraction', toNumber, 0.9896)
  .option('--seed <n...>', 'each is run once by both', listOfCounts(firstSeed), firstSeed)
  .option('--threads <n>', 'workers, and threads of PyTorch', toCount, 2)
  .option('--no-peer', 'without PyTorch')
  .action(run);

await runCommand(command);
