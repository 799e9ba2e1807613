// pnpm report RUN: makes the notebook of a run again, and the list of runs when the run is under reports/.
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveRun, writeNotebook, writeRunsIndex, type NotebookOptions } from '@convbook/report';
import { createCommand, reportsFolder, runCommand, typedIn } from './support/command.ts';

async function report(run: string, options: NotebookOptions): Promise<void> {
  const directory = resolveRun(run, { from: typedIn, reports: reportsFolder });
  const notebook = await writeNotebook(directory, options);
  process.stderr.write('The notebook, one file that opens in any browser:\n');
  process.stdout.write(`${pathToFileURL(notebook).href}\n`);
  if (dirname(directory) !== reportsFolder) return;
  const list = await writeRunsIndex(reportsFolder);
  process.stderr.write(`All runs: ${pathToFileURL(list).href}\n`);
}

const description = 'Makes the HTML notebook of a run again, from its directory alone.';
const examples = ['pnpm report reports/2026-01-31-simple-convnet', 'pnpm report ../other/run'];
const command = createCommand('report', description, examples)
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .option('--live-weights', 'carry the model in the page even with more than 4 MiB of weights')
  .action(report);

await runCommand(command);
