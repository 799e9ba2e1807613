// pnpm train: arguments in, a run directory and its notebook out.
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import {
  readRecord,
  resolveRun,
  type MachineSettings,
  type RunRecord,
  type RunResult,
  type TrainingSettings,
} from '@convbook/run';
import { checkRunDirectory } from '@convbook/run/writing';
import {
  resume,
  startWorkers,
  train,
  type MemoryEstimate,
  type RunEvent,
  type SessionOptions,
} from '@convbook/trainer';
import { checkSettings, toWorkers, toRecipe, usefulWorkers } from '@convbook/trainer/settings';
import type { PictureSettings } from '@convbook/data/folder';
import {
  chooseData,
  chooseModel,
  defaultDataName,
  fitOf,
  isPicturesPath,
  usualPreset,
  type Fit,
} from '../choose.ts';
import {
  createCommand,
  dataOption,
  reportsFolder,
  runCommand,
  streamOption,
  typedIn,
} from '../command.ts';
import { fitModel } from '../fit-model.ts';
import { startLiveNotebook, toPort, type LiveNotebook } from '../live-notebook.ts';
import { modelFileNote } from '../model-file-note.ts';
import { createDecodingProgress } from '../decoding-progress.ts';
import { givenFlags } from '../picture-flags.ts';
import { pictureOptions, toPictureSettings, type PictureOptions } from '../picture-options.ts';
import { recordedData, type DataPlaces } from '../recorded-data.ts';
import { startLine } from '../start-line.ts';
import { settingOptions } from '../setting-options.ts';
import { createProgress, percent, say, style, toProgressKind } from '../progress.ts';
import { listenForInterruption } from '../signals.ts';

interface Options extends TrainingSettings, MachineSettings, PictureOptions {
  model?: string;
  data?: string;
  transpose?: true;
  stream?: true;
  from?: string;
  dropDuplicates?: true;
  out?: string;
  resume?: string;
  takeOver?: true;
  injectFault?: string[];
  json?: true;
  live?: number | true;
  progress: string;
}

const command = createCommand(
  'train',
  'Trains a convolutional network on every core and writes what happened as an HTML notebook.',
  [
    'pnpm train                                   SimpleConvNet on MNIST, about a minute',
    'pnpm train --data ./photos                   photo-net on a folder of pictures, a folder a class',
    'pnpm train --data ./birds --from my-run      begins with what a run has learned on other pictures',
    'pnpm train --limit 2000 --epochs 1           a few seconds, to see that it works',
    'pnpm -s train --json --progress none         events as NDJSON on stdout',
  ],
)
  .option(
    '--model <name>',
    'preset or file that exports a model (default: simple-convnet; photo-net for pictures)',
  )
  .addOption(dataOption('what fits the model, or the resumed run’s own'))
  .option('--transpose', 'exchange rows and columns of the images in that folder, as EMNIST needs');
command.option(
  '--drop-duplicates',
  'leave training images out that also test the model, repeat another, or have copies of another label',
);
for (const option of pictureOptions()) command.addOption(option);
command.addOption(streamOption());
for (const option of settingOptions()) command.addOption(option);
command
  .option(
    '--from <run>',
    'begin with the trained parameters of a run, or of a .safetensors file, that fit the model',
  )
  .option('--out <dir>', 'run directory, new or empty (default: a new one under reports/)')
  .option('--resume <run>', 'continue a run: a path, or a name under reports/')
  .option('--take-over', 'resume even if the lock of a process elsewhere is there: it has ended')
  .addOption(
    new Option('--inject-fault <fault>', 'for tests: see docs/promises.md')
      .argParser((fault: string, before: string[]) => [...before, fault])
      .default([])
      .hideHelp(),
  )
  .option('--json', 'write the events of the run to stdout as NDJSON, and nothing else')
  .option('--live [port]', 'the growing notebook in the browser, while training', toPort)
  .addOption(
    new Option('--progress <kind>', 'how progress is shown')
      .choices(['auto', 'bar', 'plain', 'none'])
      .default('auto'),
  )
  .action(run);

async function run(options: Options): Promise<void> {
  const progress = createProgress(toProgressKind(options.progress));
  const isQuiet = options.progress === 'none';
  const tell = isQuiet ? () => undefined : say;
  const decoding = createDecodingProgress(toProgressKind(options.progress));
  let hasStarted = false;
  const interruption = listenForInterruption(() => {
    progress.stop();
    decoding.stop();
    tell(style('yellow', interruptedText(hasStarted)));
  });
  let live: LiveNotebook | null = null;
  const listeners = {
    onStart(record: RunRecord, directory: string, memory: MemoryEstimate) {
      hasStarted = true;
      tell(describe(record, directory, memory));
      const note = modelFileNote(record, directory);
      if (note !== null) tell(style('yellow', printable(note)));
      if (options.live !== undefined) live = startLiveNotebook(directory, options.live);
      progress.start(record);
    },
    onEvent(event: RunEvent) {
      if (options.json) process.stdout.write(`${JSON.stringify(event)}\n`);
      progress.event(event);
    },
    onWarning: (text: string) => say(style('yellow', `warning: ${printable(text)}`)),
  };
  const { signal } = interruption;
  const asked = toWorkers(options.workers);
  const workers = usefulWorkers(asked);
  if (workers < asked) tell(`${workers} workers run, not ${asked}: more would wait for a core`);
  const startedWorkers = startWorkers(workers);
  try {
    const { record, directory } = options.resume
      ? await resumeRun(
          options,
          { ...listeners, signal, startedWorkers },
          { tell, onProgress: decoding.update, signal, stream: options.stream },
        )
      : await startRun(
          options,
          { ...listeners, signal, startedWorkers },
          { tell, onProgress: decoding.update, signal, stream: options.stream },
        );
    progress.stop();
    const { writeNotebook, writeRunsIndex } = await loadReport();
    const notebook = await writeNotebook(directory);
    if (dirname(directory) === resolve(reportsFolder)) await writeRunsIndex(reportsFolder);
    tell(conclude(record, notebook));
    // Everything is written and reported: a server that hangs only delays the return to the shell.
    await (live as LiveNotebook | null)?.finish();
    // Even if the signal came too late to end the training early.
    process.exitCode = interruption.exitCode() ?? 0;
  } catch (error) {
    // A signal that came while pictures were decoded.
    if (!signal.aborted || error !== signal.reason) throw error;
    process.exitCode = interruption.exitCode() ?? 1;
  } finally {
    progress.stop();
    decoding.stop();
    (live as LiveNotebook | null)?.end();
    interruption.dispose();
    await startedWorkers.close();
  }
}

function interruptedText(hasStarted: boolean): string {
  return hasStarted
    ? 'interrupted: finishing the step, then saving'
    : 'interrupted before the first step';
}

// Charts and highlighting take half a second to load: training does not wait for them.
function loadReport() {
  return import('@convbook/report');
}

/** What hears of the data set while it is read. */
type Reading = Pick<DataPlaces, 'tell' | 'onProgress' | 'signal' | 'stream'>;

function findRun({
  resume: run = '',
  from,
  out,
  transpose,
  dropDuplicates,
  ...options
}: Options): string {
  const [flag] = [
    ...(transpose ? ['--transpose'] : []),
    ...(dropDuplicates ? ['--drop-duplicates'] : []),
    ...givenFlags(toPictureSettings(options)),
  ];
  if (flag !== undefined) {
    throw new ConfigurationError(
      `${flag}: expected none with --resume, which reads the data as the run did; leave it out`,
    );
  }
  if (from !== undefined) {
    throw new ConfigurationError(
      '--from: expected none with --resume, which goes on with the run’s own parameters; leave it out',
    );
  }
  if (out !== undefined) {
    throw new ConfigurationError(
      `--out: expected none with --resume, which goes on in the run itself, got ${JSON.stringify(out)}; leave it out`,
    );
  }
  return resolveRun(run, { from: typedIn, reports: reportsFolder });
}

async function resumeRun(options: Options, session: SessionOptions, reading: Reading) {
  const { model: name, data, ...settings } = options;
  const directory = findRun(options);
  const fitted = async (name: string) =>
    fitModel(name, (await chooseModel(name)).model, readRecord(directory).data, () => undefined);
  return resume(directory, {
    ...settings,
    ...session,
    model: name === undefined ? undefined : await fitted(name),
    chooseData: (recorded) => recordedData(recorded, { directory, data, ...reading }),
  });
}

async function startRun(options: Options, session: SessionOptions, reading: Reading) {
  if (options.takeOver) {
    throw new ConfigurationError('--take-over: expected --resume with it, got none; leave it out');
  }
  const {
    model: modelName,
    data: dataName,
    transpose,
    dropDuplicates,
    out,
    from,
    ...settings
  } = options;
  const { tell, onProgress, signal, stream } = reading;
  const name = modelName ?? usualModel(options);
  const { model, modelFile } = await chooseModel(name);
  const fit = fitOf(model);
  const start = from === undefined ? undefined : findStart(from);
  const directory = out === undefined ? undefined : resolve(typedIn, out);
  // Decoding can take minutes: what needs no data is refused before.
  checkSettings(settings, model.name);
  if (directory !== undefined) checkRunDirectory(directory);
  const data = await chooseData(dataName ?? defaultDataName(fit), fit, tell, {
    ...asModelFile(modelFile === undefined ? null : fit, options),
    transpose,
    stream,
    dropDuplicates,
    onProgress,
    onNote: tell,
    signal,
  });
  for (const note of data.notes ?? []) say(`note: ${printable(note)}`);
  return train({
    ...settings,
    ...session,
    model: fitModel(name, model, data, tell),
    modelFile,
    data,
    from: start,
    fromWord: from,
    out: directory,
    reports: reportsFolder,
  });
}

/** The file or run directory that `--from` names. */
function findStart(from: string): string {
  if (from.endsWith('.safetensors')) return resolve(typedIn, from);
  return resolveRun(from, { from: typedIn, reports: reportsFolder, where: '--from' });
}

/** The recipe's model, or the one for the kind of data. */
function usualModel({ recipe, data }: Options): string {
  if (recipe != null) return toRecipe(recipe).model;
  return usualPreset(data);
}

/** How pictures are read; a model from a file takes images of its own shape. */
function asModelFile(fit: Fit | null, options: Options): PictureSettings {
  const settings = toPictureSettings(options);
  if (fit === null || options.data === undefined || !isPicturesPath(options.data)) return settings;
  const [channels, height, width] = fit.sampleShape;
  const { size = { height, width }, channels: given = channels === 1 ? 'grey' : 'rgb' } = settings;
  return { ...settings, size, channels: given };
}

function describe(record: RunRecord, directory: string, memory: MemoryEstimate): string {
  const { model, data, configuration, host } = record;
  const { wasmBytes, dataBytes, streamed } = memory;
  const { epochs, batchSize, seed } = configuration;
  return [
    `${style('bold', printable(model.name))}, ${model.parameters.toLocaleString('en-US')} parameters, on ${printable(data.name)}: ` +
      `${data.trainSamples.toLocaleString('en-US')} training and ${data.testSamples.toLocaleString('en-US')} test samples`,
    `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, batches of ${batchSize}, seed ${seed}, ${host.workers} workers${changesText(record)}`,
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

/** How training images are varied, and whether pixels are standardized. */
function changesText({ configuration: { augment, standardize } }: RunRecord): string {
  const changes = Object.entries(augment ?? {}).filter(([, value]) => value > 0);
  const text = changes.map(([name, value]) => `${name}=${value}`).join(',');
  return `${text === '' ? '' : `, varied by ${text}`}${standardize ? ', standardized' : ''}`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function conclude({ result, model, status }: RunRecord, notebook: string): string {
  if (!result) return status;
  const { testAccuracy, testCorrect, testSamples, elapsedSeconds, imagesPerSecond } = result;
  const rows = [
    ['test accuracy', `${style('bold', percent(testAccuracy))} (${testCorrect} of ${testSamples})`],
    ...furtherScores(result),
    ['time', `${elapsedSeconds.toFixed(1)} s`],
    ['speed', `${Math.round(imagesPerSecond).toLocaleString('en-US')} images/s`],
    ['parameters', model.parameters.toLocaleString('en-US')],
    ['model SHA-256', result.modelSha256],
    ['notebook', pathToFileURL(notebook).href],
  ];
  return ['', ...rows.map(([name, value]) => `${name.padEnd(14)} ${value}`)].join('\n');
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

await runCommand(command);
