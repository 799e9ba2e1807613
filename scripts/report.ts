// pnpm report RUN: makes the notebook of a run again, and the list of runs when the run is under reports/.
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, CommanderError } from 'commander';
import { resolveRun, writeNotebook, writeRunsIndex } from '@convbook/report';

const reports = join(import.meta.dirname, '..', 'reports');

async function report(run: string): Promise<void> {
  const from = process.env.INIT_CWD ?? process.cwd();
  const directory = resolveRun(run, { from, reports });
  const notebook = await writeNotebook(directory);
  process.stderr.write('The notebook, one file that opens in any browser:\n');
  process.stdout.write(`${pathToFileURL(notebook).href}\n`);
  if (resolve(dirname(directory)) !== resolve(reports)) return;
  const list = await writeRunsIndex(reports);
  process.stderr.write(`All runs: ${pathToFileURL(list).href}\n`);
}

const program = new Command('pnpm report')
  .description('Makes the HTML notebook of a run again, from its directory alone.')
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .addHelpText('after', '\nExample:\n  pnpm report reports/simple-convnet-mnist-1')
  .exitOverride()
  .action(report);

try {
  const typed = process.argv.slice(2);
  await program.parseAsync(typed[0] === '--' ? typed.slice(1) : typed, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Error && 'exitCode' in error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = Number(error.exitCode);
  } else throw error;
}
