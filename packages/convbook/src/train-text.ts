// What `pnpm train` says before the first step and at the end.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printable, typedCommand } from '@convbook/core/checks';
import { cutIntoShards } from '@convbook/layers/plan';
import {
  pathWord,
  shellWord,
  type RunRecord,
  type RunResult,
  type TimingEvent,
} from '@convbook/run';
import type { MemoryEstimate } from '@convbook/trainer';
import { typedIn } from './places.ts';
import { count, percent, plural, style } from './progress.ts';
import { startLine } from './start-line.ts';

type RecordedRanks = Pick<Extract<TimingEvent, { event: 'start' }>, 'ranks' | 'library'>;

/** What is about to be trained. */
export function startText(record: RunRecord, directory: string, memory: MemoryEstimate): string {
  const { model, data, configuration, host } = record;
  const { wasmBytes, dataBytes, streamed } = memory;
  const { epochs, batchSize, seed } = configuration;
  return [
    `${style('bold', printable(model.name))}, ${count(model.parameters)} parameters, on ${printable(data.name)}: ` +
      `${count(data.trainSamples)} training and ${count(data.testSamples)} test samples`,
    `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, batches of ${batchSize}, seed ${seed}, ${plural(host.workers, 'worker')}${changesText(record)}`,
    ...(record.start ? [printable(startLine(record.start))] : []),
    ...(configuration.freeze ? [`frozen: ${configuration.freeze.join(', ')}`] : []),
    `memory, estimated: ${mebibytes(wasmBytes + dataBytes)}, of these WebAssembly ${mebibytes(wasmBytes)}, data set ${mebibytes(dataBytes)}`,
    ...(streamed
      ? [
          `images, ${mebibytes(streamed.bytes)}, are read from the file of decoded pictures and not kept in memory: ${streamed.reason}`,
        ]
      : []),
    style('dim', printable(directory)),
  ].join('\n');
}

/** Who trains together, `4 ranks on 2 hosts, 8 workers each, over Open MPI 4.1.4`; null for one process. */
export function ranksText({ ranks, library = 'MPI' }: RecordedRanks): string | null {
  if (ranks === undefined) return null;
  const hosts = new Set(ranks.map(({ host }) => host)).size;
  const each = new Set(ranks.map(({ workers }) => workers));
  const all = ranks.reduce((sum, { workers }) => sum + workers, 0);
  const [number, share] = each.size === 1 ? [ranks[0].workers, 'each'] : [all, 'in all'];
  return [
    `${plural(ranks.length, 'rank')} on ${plural(hosts, 'host')}`,
    `${plural(number, 'worker')} ${share}`,
    `over ${library}`,
  ].join(', ');
}

/** A warning where a batch has fewer shards than there are ranks, else null. */
export function idleRanksText(
  { configuration: { batchSize, shardSize }, data }: Pick<RunRecord, 'configuration' | 'data'>,
  { ranks = [] }: RecordedRanks,
): string | null {
  const samples = Math.min(batchSize, data.trainSamples);
  const shards = cutIntoShards(samples, shardSize).length;
  if (ranks.length <= shards) return null;
  return (
    `${ranks.length - shards} of ${ranks.length} ranks get no samples: a batch of ${samples} is ` +
    `${plural(shards, 'shard')} of up to ${shardSize}; take fewer ranks, or a larger batch`
  );
}

/** How training images are varied, and whether pixels are standardized. */
function changesText({ configuration: { augment, standardize } }: RunRecord): string {
  const changes = Object.entries(augment ?? {}).filter(([, value]) => value > 0);
  const text = changes.map(([name, value]) => `${name}=${value}`).join(',');
  return `${text === '' ? '' : `, varied by ${text}`}${standardize ? ', standardized' : ''}`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** What came of it. */
export function endText({ result, model, status }: RunRecord, notebook: string): string {
  if (!result) return status;
  const { testAccuracy, testCorrect, testSamples, elapsedSeconds, imagesPerSecond } = result;
  const rows = [
    ['test accuracy', `${style('bold', percent(testAccuracy))} (${testCorrect} of ${testSamples})`],
    ...furtherScores(result),
    ['time', `${elapsedSeconds.toFixed(1)} s`],
    ['speed', `${count(imagesPerSecond)} images/s`],
    ['parameters', count(model.parameters)],
    ['model SHA-256', result.modelSha256],
    ['notebook', pathToFileURL(notebook).href],
    ...(status === 'interrupted' ? [['go on with', resumeLine(path.dirname(notebook))]] : []),
  ];
  return ['', ...rows.map(([name, value]) => `${name.padEnd(14)} ${value}`)].join('\n');
}

/** The command that goes on with a run, as one types it in the same folder. */
function resumeLine(directory: string): string {
  const short = path.relative(typedIn, directory);
  const typed = short === '' || short.startsWith('..') ? directory : short;
  return `${typedCommand('train')} --resume ${printable(shellWord(pathWord(typed)))}`;
}

/** What the accuracy does not tell, where it is in the result. */
function furtherScores({ balancedAccuracy, macroF1, top5Accuracy }: RunResult): string[][] {
  const scores = [
    ['balanced', balancedAccuracy],
    ['macro F1', macroF1],
    ['top 5', top5Accuracy],
  ] as const;
  return scores.flatMap(([name, score]) => (score === undefined ? [] : [[name, percent(score)]]));
}
