// pnpm train: arguments in, a run directory and its notebook out.
import { Option } from 'commander';
import { isWorkspace } from '@convbook/core/node';
import { checkMachineSettings } from '@convbook/run/settings';
import { toWorkers } from '@convbook/trainer/settings';
import type { TrainOptions } from '../begin-run.ts';
import { createCommand, dataOption, runCommand, streamOption } from '../command.ts';
import { toPort } from '../live-notebook.ts';
import { pictureOptions } from '../picture-options.ts';
import { say, style } from '../progress.ts';
import { afterRank0, withRank } from '../ranks/after-rank0.ts';
import { asRank } from '../ranks/as-rank.ts';
import { followRun } from '../ranks/follow-run.ts';
import { hostShare, pinnedText } from '../ranks/host-share.ts';
import { holdWords } from '../ranks/held-words.ts';
import { joinRanks, launcherChoices } from '../ranks/join-ranks.ts';
import { launchedRank, separateText } from '../ranks/launched-rank.ts';
import { settingOptions } from '../setting-options.ts';
import { trainRun } from '../train-run.ts';

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
  .option(
    '--requeue',
    'end with 75 where a signal ends the run early; started again, it goes on with the run in --out',
  )
  .addOption(
    new Option('--inject-fault <fault>', 'for tests: see docs/promises.md')
      .argParser((fault: string, before: string[]) => [...before, fault])
      .default([])
      .hideHelp(),
  )
  .addOption(
    new Option(
      '--launcher <kind>',
      'who started the ranks of a run: auto finds mpirun, mpi also takes Slurm’s srun, none trains alone',
    )
      .choices(launcherChoices)
      .default('auto'),
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
  const link = await joinRanks(options).catch(async (error: unknown) => {
    await afterRank0();
    throw withRank(error);
  });
  if (link === null) {
    checkMachineSettings(options);
    if (options.launcher === 'auto') warnAlone();
    return trainRun(options);
  }
  await asRank(link, (part) => {
    checkMachineSettings(options);
    const share = hostShare(link);
    const workers = toWorkers(options.workers ?? share.workers);
    if (link.rank > 0) return followRun(options, part, workers);
    warn(pinnedText(share));
    // A launcher hands lines on, not a terminal.
    const progress = options.progress === 'auto' ? 'plain' : options.progress;
    return trainRun({ ...options, workers, progress }, part);
  });
}

/** Where a launcher started this process as the only rank, or as one of several that know nothing of each other. */
function warnAlone(): void {
  warn(separateText());
  if (launchedRank() !== null) warn(pinnedText(hostShare({ rank: 0, hosts: ['here'] })));
}

function warn(text: string | null): void {
  if (text !== null) say(style('yellow', `warning: ${text}`));
}

const sayHeld = holdWords(command);
await runCommand(command);
await sayHeld();
