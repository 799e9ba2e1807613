// pnpm train: arguments in, a run directory and its notebook out.
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import { augmentations } from '@convbook/data';
import { ConfigurationError } from '@convbook/core';
import { lossKinds, printable, type RunRecord } from '@convbook/layers';
import {
  newRunDirectory,
  optimizerKinds,
  presetSettings,
  recipes,
  resume,
  schedules,
  startWorkers,
  toWorkers,
  toRecipe,
  train,
  type MemoryEstimate,
  type RunEvent,
  type TrainingSettings,
} from '@convbook/trainer';
import { chooseData, chooseModel, defaultDataName, fitOf, recordedData } from '../choose.ts';
import {
  createCommand,
  reportsFolder,
  runCommand,
  toCount,
  toNumber,
  typedIn,
} from '../command.ts';
import { startLiveNotebook, toPort, type LiveNotebook } from '../live-notebook.ts';
import { createProgress, percent, say, style, toProgressKind } from '../progress.ts';
import { listenForInterruption } from '../signals.ts';

interface Options extends TrainingSettings {
  model?: string;
  data?: string;
  workers?: number;
  out?: string;
  resume?: string;
  checkpointEvery?: number;
  hangTimeout?: number;
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
    'pnpm train --limit 2000 --epochs 1           a few seconds, to see that it works',
    'pnpm -s train --json --progress none         events as NDJSON on stdout',
  ],
)
  .option('--model <name>', 'preset or file that exports a model (default: simple-convnet)')
  .option(
    '--data <name>',
    'mnist, synthetic, or a folder with the four IDX files (default: what fits the model)',
  )
  .option('--recipe <name>', `other defaults: ${purposes()}`)
  .option('--validation <n>', 'hold out the last n training samples (default: 0)', toCount)
  .option(
    '--epochs <n>',
    `times through the training samples (default: 8${ofPresets('epochs')})`,
    toCount,
  )
  .option('--batch-size <n>', 'samples a step (default: 100)', toCount)
  .option(
    '--shard-size <n>',
    'most samples a worker takes at once (default: an eighth of the batch)',
    toCount,
  )
  .option('--optimizer <name>', `${names(optimizerKinds)} (default: adamw)`)
  .option(
    '--learning-rate <x>',
    `largest rate of the schedule (default: the optimizer’s, 0.004 for adamw${ofPresets('learningRate')})`,
    toNumber,
  )
  .option('--momentum <x>', 'of momentum and nesterov (default: 0.9)', toNumber)
  .option('--weight-decay <x>', 'default: 0.05 for adamw, else 0', toNumber)
  .option('--schedule <name>', `${names(schedules)} (default: one-cycle)`)
  .option('--loss <name>', `${names(lossKinds)} (default: softmax-cross-entropy)`)
  .option('--l1-penalty <x>', 'adds x · Σ|w| over weights (default: 0)', toNumber)
  .option('--l2-penalty <x>', 'adds x / 2 · Σw² over weights (default: 0)', toNumber)
  .option('--clip-norm <x>', 'shorten gradients whose norm is larger', toNumber)
  .option(
    '--patience <n>',
    'end after n epochs without a lower validation loss (needs --validation)',
    toCount,
  )
  .option(
    '--augment <settings>',
    `varies the training images: ${names(augmentations.defaults)}, as in shift=2,rotation=10 (default: none)`,
  )
  .option('--seed <n>', 'decides weights and order (default: 1)', toCount)
  .option(
    '--workers <n>',
    'threads (default: the cores there are); the result is the same for any',
    toCount,
  )
  .option('--limit <n>', 'only the first n training samples', toCount)
  .option('--out <dir>', 'run directory, new or empty (default: a new one under reports/)')
  .option('--resume <run>', 'go on with a run: a path, or a name under reports/')
  .option(
    '--checkpoint-every <n>',
    'save every n steps too, not only every epoch and half minute',
    toCount,
  )
  .option(
    '--hang-timeout <s>',
    'seconds without progress after which the workers are replaced (default: 60)',
    toNumber,
  )
  .addOption(
    new Option('--inject-fault <fault>', 'for tests: see docs/promises.md')
      .argParser((fault: string, before: string[]) => [...before, fault])
      .default([])
      .hideHelp(),
  )
  .option('--json', 'events of the run as NDJSON on stdout, and nothing else there')
  .option('--live [port]', 'the growing notebook in the browser, while training', toPort)
  .addOption(
    new Option('--progress <kind>', 'what a person sees')
      .choices(['auto', 'bar', 'plain', 'none'])
      .default('auto'),
  )
  .action(run);

// The presets that have another default: `; taewan-fc 16`.
function ofPresets(setting: 'epochs' | 'learningRate'): string {
  return Object.entries(presetSettings)
    .map(([name, { [setting]: value }]) => (value === undefined ? '' : `; ${name} ${value}`))
    .join('');
}

// What each recipe is for.
function purposes(): string {
  return Object.entries(recipes)
    .map(([name, { model, purpose }]) => `${name} (${model}, ${purpose})`)
    .join(', ');
}

// Each may carry settings of its own: adam:beta1=0.8 or step:every=2,factor=0.5.
function names(kinds: object): string {
  return Object.keys(kinds).join(', ');
}

async function run(options: Options): Promise<void> {
  const progress = createProgress(toProgressKind(options.progress));
  const isQuiet = options.progress === 'none';
  const tell = isQuiet ? () => undefined : say;
  const interruption = listenForInterruption(() => {
    progress.stop();
    tell(style('yellow', 'interrupted: finishing the step, then saving'));
  });
  let live: LiveNotebook | null = null;
  const listeners = {
    onStart(record: RunRecord, directory: string, memory: MemoryEstimate) {
      tell(describe(record, directory, memory));
      if (options.live !== undefined) live = startLiveNotebook(directory, options.live);
      progress.start(record);
    },
    onEvent(event: RunEvent) {
      if (options.json) process.stdout.write(`${JSON.stringify(event)}\n`);
      progress.event(event);
    },
  };
  const { checkpointEvery, signal } = { ...options, signal: interruption.signal };
  const startedWorkers = startWorkers(toWorkers(options.workers));
  try {
    const { record, directory } = options.resume
      ? await resume(await findRun(options), {
          ...options,
          model: options.model === undefined ? undefined : await chooseModel(options.model),
          chooseData: (recorded) => recordedData(recorded, options.data),
          ...{ checkpointEvery, signal, startedWorkers, ...listeners },
        })
      : await startRun(options, { ...listeners, startedWorkers }, signal);
    progress.stop();
    const { writeNotebook, writeRunsIndex } = await loadReport();
    const notebook = await writeNotebook(directory);
    await (live as LiveNotebook | null)?.finish();
    if (dirname(directory) === resolve(reportsFolder)) await writeRunsIndex(reportsFolder);
    tell(conclude(record, notebook));
    // Also where the signal came too late to end the training early.
    process.exitCode = interruption.exitCode() ?? 0;
  } finally {
    progress.stop();
    (live as LiveNotebook | null)?.end();
    interruption.dispose();
    await startedWorkers.close();
  }
}

// Charts and highlighting take half a second to load: training does not wait for them.
function loadReport() {
  return import('@convbook/report');
}

async function findRun({ resume: run = '', out }: Options): Promise<string> {
  if (out !== undefined) {
    throw new ConfigurationError(
      `--out: expected none with --resume, which goes on in the run itself, got ${JSON.stringify(out)}; leave it out`,
    );
  }
  const { resolveRun } = await loadReport();
  return resolveRun(run, { from: typedIn, reports: reportsFolder });
}

async function startRun(options: Options, listeners: object, signal: AbortSignal) {
  const { model: modelName, data: dataName, out, ...settings } = options;
  const preset = settings.recipe === undefined ? 'simple-convnet' : toRecipe(settings.recipe).model;
  const model = await chooseModel(modelName ?? preset);
  const fit = fitOf(model);
  const directory =
    out === undefined
      ? newRunDirectory(reportsFolder, model.name ?? 'model', new Date())
      : resolve(typedIn, out);
  return train({
    ...settings,
    ...listeners,
    signal,
    model,
    data: chooseData(dataName ?? defaultDataName(fit), fit),
    out: directory,
  });
}

function describe(record: RunRecord, directory: string, memory: MemoryEstimate): string {
  const { model, data, configuration, host } = record;
  const { wasmBytes, dataBytes } = memory;
  const { epochs, batchSize, seed } = configuration;
  return [
    `${style('bold', printable(model.name))}, ${model.parameters.toLocaleString('en-US')} parameters, on ${printable(data.name)}: ` +
      `${data.trainSamples.toLocaleString('en-US')} training and ${data.testSamples.toLocaleString('en-US')} test samples`,
    `${epochs} epochs, batches of ${batchSize}, seed ${seed}, ${host.workers} workers`,
    `memory, estimated: ${mebibytes(wasmBytes + dataBytes)}, of these WebAssembly ${mebibytes(wasmBytes)}, data set ${mebibytes(dataBytes)}`,
    style('dim', printable(directory)),
  ].join('\n');
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function conclude({ result, model, status }: RunRecord, notebook: string): string {
  if (!result) return status;
  const { testAccuracy, testCorrect, testSamples, elapsedSeconds, imagesPerSecond } = result;
  const rows = [
    ['test accuracy', `${style('bold', percent(testAccuracy))} (${testCorrect} of ${testSamples})`],
    ['time', `${elapsedSeconds.toFixed(1)} s`],
    ['speed', `${Math.round(imagesPerSecond).toLocaleString('en-US')} images/s`],
    ['parameters', model.parameters.toLocaleString('en-US')],
    ['model SHA-256', result.modelSha256],
    ['notebook', pathToFileURL(notebook).href],
  ];
  return ['', ...rows.map(([name, value]) => `${name.padEnd(14)} ${value}`)].join('\n');
}

await runCommand(command);
