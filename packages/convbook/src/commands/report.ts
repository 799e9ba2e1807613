// pnpm report RUN: makes the notebook of a run again, and the list of runs when the run is under reports/.
// pnpm report --compare RUN RUN…: one file with the runs side by side.
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '@convbook/core';
import { comparisonFile, writeComparison, writeNotebook, writeRunsIndex } from '@convbook/report';
import { resolveRun } from '@convbook/run';
import { createCommand, reportsFolder, runCommand, typedIn } from '../command.ts';
import { openFile } from '../open-file.ts';

interface Options {
  liveWeights?: true;
  compare?: string[];
  out?: string;
  open?: true;
}

async function report(run: string | undefined, options: Options): Promise<void> {
  const file = options.compare
    ? await compare(run === undefined ? options.compare : [run, ...options.compare], options.out)
    : await remake(run, options);
  process.stdout.write(`${pathToFileURL(file).href}\n`);
  if (options.open) await openFile(file);
}

async function compare(runs: readonly string[], out: string | undefined): Promise<string> {
  const directories = runs.map((run) => resolveRun(run, { from: typedIn, reports: reportsFolder }));
  const file =
    out === undefined ? join(reportsFolder, comparisonFile(directories)) : resolve(typedIn, out);
  await writeComparison(directories, file, { isListed: dirname(file) === reportsFolder });
  await listRuns(dirname(file));
  process.stderr.write('The comparison, one file that opens in any browser:\n');
  return file;
}

/** Updates the list of runs and comparisons, if the new file is in its folder. */
async function listRuns(folder: string): Promise<void> {
  if (folder !== reportsFolder) return;
  const list = await writeRunsIndex(reportsFolder);
  process.stderr.write(`All runs: ${pathToFileURL(list).href}\n`);
}

async function remake(run: string | undefined, { out, liveWeights }: Options): Promise<string> {
  if (run === undefined) {
    throw new ConfigurationError('RUN: expected a run, got none; name one, or use --compare');
  }
  if (out !== undefined) {
    throw new ConfigurationError(
      `--out: expected --compare with it, got ${JSON.stringify(out)} alone; a notebook is always in its run directory`,
    );
  }
  const directory = resolveRun(run, { from: typedIn, reports: reportsFolder });
  const isListed = dirname(directory) === reportsFolder;
  const notebook = await writeNotebook(directory, { liveWeights, isListed });
  await listRuns(dirname(directory));
  process.stderr.write('The notebook, one file that opens in any browser:\n');
  return notebook;
}

const description =
  'Makes the HTML notebook of a run again, from its directory alone, or compares several runs.';
const examples = [
  'pnpm report reports/2026-01-31-simple-convnet',
  'pnpm report my-run --open',
  'pnpm report --compare my-run ../other/run',
];
const command = createCommand('report', description, examples)
  .argument('[run]', 'path of a run directory, or its name under reports/')
  .option('--compare <runs...>', 'two to eight runs side by side; the first is the reference')
  .option('--out <file>', 'where the comparison goes (default: a file under reports/)')
  .option('--open', 'open what was made in the browser')
  .option('--live-weights', 'put the model into the page even if its weights are more than 4 MiB')
  .action(report);

await runCommand(command);
