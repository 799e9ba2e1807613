// pnpm bench --ranks: the network that MPI gives, steps of all ranks together, and the projection for more of them.
import { availableParallelism } from 'node:os';
import { connectRanks, detectLauncher } from '@convbook/mpi';
import {
  cutBatch,
  fitNetwork,
  measureNetwork,
  measureParts,
  projectStep,
  sliceSteps,
  timeRankSteps,
  type Cluster,
  type ProfiledStep,
} from '@convbook/trainer/benchmark';
import {
  exitCodeOf,
  messageOf,
  sharedBytes,
  spreadBytes,
  type RankLink,
  type Ticket,
} from '@convbook/trainer/ranks';
import { chooseData, chooseModel, defaultDataName, fitOf } from 'convbook/choose';
import { say } from 'convbook/progress';
import { checkModels } from './check-models.ts';
import { projectAll, projectionTable } from './projection-table.ts';
import {
  networkLine,
  rankStepsHead,
  rankStepsNote,
  rankStepsRow,
  type RankStepsLine,
} from './ranks-table.ts';

export interface RanksOptions {
  readonly model: readonly string[];
  readonly data?: string | undefined;
  readonly batchSize: number;
  readonly shardSize: number;
  /** Of each rank; default its share of the machine's cores. */
  readonly workers?: number | undefined;
  readonly seconds: number;
  /** Others on the machine only slow a measurement down: the fastest of so many counts. */
  readonly repeat: number;
  readonly json?: true | undefined;
}

const howToStart =
  'no launcher started this: only the projection follows, from a profile of one worker. To measure, for example:\n' +
  '  mpirun -n 2 --bind-to none node scripts/start.mjs bench --ranks';

/** Calls of each size that the network is timed by. */
const repeats = 21;
const hangTimeout = 60;

/** Every rank calls it; rank 0 alone prints. */
export async function benchRanks(options: RanksOptions): Promise<void> {
  const launched = detectLauncher();
  if (launched === null) {
    say(howToStart);
    const steps: ProfiledStep[] = [];
    await checkModels(options.model);
    for (const name of options.model) steps.push(await profile(name, options));
    printProjection(steps, options);
    return;
  }
  const link = await connectRanks({ launched, hangTimeout });
  try {
    if (link.rank === 0) await checkModels(options.model);
    await benchTogether(link, options);
  } catch (error) {
    // The others wait for this rank.
    await link.abort(`error: ${messageOf(error)}`, exitCodeOf(error));
  }
  await link.close();
}

async function benchTogether(link: RankLink, options: RanksOptions): Promise<void> {
  const cluster = await measureCluster(link, options);
  const steps: ProfiledStep[] = [];
  if (link.rank === 0 && !options.json) say(`${rankStepsNote}\n${rankStepsHead}`);
  for (const name of options.model) {
    const step = link.rank === 0 ? await profile(name, options) : null;
    const line = await timeTogether(name, step, link, cluster, options);
    if (step === null || line === null) continue;
    steps.push(step);
    print(options, line, rankStepsRow(line));
  }
  if (link.rank === 0) printProjection(steps, options, cluster);
}

async function measureCluster(link: RankLink, options: RanksOptions): Promise<Cluster> {
  const { rank, ranks, hosts } = link;
  const { gathers, scatters } = await measureNetwork(link.exchange, waitFor, repeats);
  const network = fitNetwork([...gathers, ...scatters], ranks);
  const here = hosts.filter((host) => host === hosts[rank]).length;
  const cores = availableParallelism() / here;
  const { workers = Math.max(1, Math.floor(cores)) } = options;
  if (rank === 0) {
    const { library } = link;
    const line = { kind: 'network', ranks, hosts, library, workers, cores, ...network } as const;
    print(options, { ...line, gathers, scatters }, networkLine(line));
  }
  return { ranks, workers, cores, network, sharesHost: here > 1 };
}

/** The others wait while rank 0 profiles; then all make steps. Null for all but rank 0. */
async function timeTogether(
  name: string,
  step: ProfiledStep | null,
  link: RankLink,
  cluster: Cluster,
  options: RanksOptions,
): Promise<RankStepsLine | null> {
  const { batchSize, shardSize } = options;
  const projected = step && projectStep(step, cutBatch(batchSize, shardSize), cluster);
  const slices = projected ? slicesIn(options.seconds, projected.total) : 0;
  const measured = { ...(await chosen(name, options)), workers: cluster.workers };
  const told = await tellAll(link, slices);
  const timed = await fastest(options.repeat, () => timeRankSteps(measured, link, told));
  if (step === null || projected === null) return null;
  const { model, millisecondsPerStep: aloneMilliseconds } = step;
  return { kind: 'steps', model, batchSize, aloneMilliseconds, projected, ...timed };
}

function slicesIn(seconds: number, stepSeconds: number): number {
  return Math.max(3, Math.ceil(seconds / (sliceSteps * stepSeconds)));
}

/** The number that rank 0 has. */
async function tellAll(link: RankLink, value: number): Promise<number> {
  const bytes = sharedBytes(Int32Array.BYTES_PER_ELEMENT);
  const shared = new Int32Array(bytes.buffer);
  shared[0] = value;
  await spreadBytes(link, bytes);
  return shared[0];
}

/** Blocks this thread, as a worker does that waits for other ranks; another one exchanges. */
function waitFor(ticket: Ticket): void {
  Atomics.wait(ticket, 0, 0);
}

async function profile(name: string, options: RanksOptions): Promise<ProfiledStep> {
  const model = await chosen(name, options);
  return fastest(options.repeat, () => measureParts(model, options.seconds));
}

async function fastest<Measured extends { readonly millisecondsPerStep: number }>(
  repeat: number,
  measure: () => Promise<Measured>,
): Promise<Measured> {
  let best = await measure();
  for (let turn = 1; turn < repeat; turn++) {
    const next = await measure();
    if (next.millisecondsPerStep < best.millisecondsPerStep) best = next;
  }
  return best;
}

async function chosen(name: string, { data, batchSize, shardSize }: RanksOptions) {
  const { model } = await chooseModel(name);
  const fit = fitOf(model);
  const set = await chooseData(data ?? defaultDataName(fit), fit, () => undefined);
  return { model, data: set, batchSize, shardSize };
}

function printProjection(
  steps: readonly ProfiledStep[],
  options: RanksOptions,
  cluster?: Cluster,
): void {
  const lines = projectAll(steps, options.shardSize, cluster?.network);
  if (!options.json) process.stdout.write(`\n${projectionTable(lines, options.shardSize)}\n`);
  else for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
}

function print({ json }: RanksOptions, line: object, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(line) : text}\n`);
}
