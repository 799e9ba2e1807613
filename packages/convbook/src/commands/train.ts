// pnpm train: arguments in, a run directory and its notebook out.
import { dirname, resolve } from 'node:path';
import { Option } from 'commander';
import { printable } from '@convbook/core/checks';
import { isWorkspace } from '@convbook/core/node';
import type { RunRecord } from '@convbook/run';
import { startWorkers, type MemoryEstimate, type RunEvent } from '@convbook/trainer';
import { toWorkers, usefulWorkers } from '@convbook/trainer/settings';
import { resumeRun, startRun, type TrainOptions } from '../begin-run.ts';
import {
  createCommand,
  dataOption,
  reportsFolder,
  runCommand,
  streamOption,
  typedIn,
} from '../command.ts';
import { createDecodingProgress } from '../decoding-progress.ts';
import { startLiveNotebook, toPort, type LiveNotebook } from '../live-notebook.ts';
import { modelFileNote } from '../model-file-note.ts';
import { pictureOptions } from '../picture-options.ts';
import { watchProject } from '../project-state.ts';
import { createProgress, say, style, toProgressKind } from '../progress.ts';
import { settingOptions } from '../setting-options.ts';
import { listenForInterruption } from '../signals.ts';
import { endText, startText } from '../train-text.ts';

const newerNodeHelp = ` Under
  another Node, train, verify and bench start the Node 24 that was installed with Convbook.
  CONVBOOK_NODE=system keeps the Node that was typed, CONVBOOK_WIDE=off the narrow kernels.`;

const kernelsHelp = `
Kernels:
  On x64 Linux with AVX2, Node 24 and 26 make kernels twice as wide; the model has the same bytes.${
    isWorkspace ? newerNodeHelp : '\n  CONVBOOK_WIDE=off keeps the narrow kernels.'
  }`;

const command = createCommand(
  'train',
  'Trains a convolutional network on every core and writes what happened as an HTML notebook.',
  [
    'pnpm train                                   SimpleConvNet on MNIST, about a minute',
    'pnpm train --data ./photos                   photo-net on a folder of pictures, a folder a class',
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
  .addHelpText('after', kernelsHelp)
  .action(run);

async function run(options: TrainOptions): Promise<void> {
  const progress = await createProgress(toProgressKind(options.progress));
  const isQuiet = options.progress === 'none';
  const tell = isQuiet ? () => undefined : say;
  const decoding = await createDecodingProgress(toProgressKind(options.progress));
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
      tell(startText(record, directory, memory));
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
    const session = { ...listeners, signal, startedWorkers, project: watchProject(typedIn) };
    const reading = { tell, onProgress: decoding.update, signal, stream: options.stream };
    const { record, directory } = options.resume
      ? await resumeRun(options, session, reading)
      : await startRun(options, session, reading);
    progress.stop();
    const { writeNotebook, writeRunsIndex } = await loadReport();
    const isListed = dirname(directory) === resolve(reportsFolder);
    const notebook = await writeNotebook(directory, { isListed });
    if (isListed) await writeRunsIndex(reportsFolder);
    tell(endText(record, notebook));
    // Everything is written and reported: a server that hangs only delays the return to the shell.
    await (live as LiveNotebook | null)?.finish();
    // Even if the signal came too late to end the training early.
    process.exitCode = interruption.exitCode() ?? 0;
  } catch (error) {
    // A signal that came while pictures were decoded.
    interruption.leaveBy(error);
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

await runCommand(command);
