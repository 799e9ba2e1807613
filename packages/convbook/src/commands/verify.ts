// pnpm verify RUN or FILE.html: trains again, and compares the models byte for byte.
import { statSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { resolveRun } from '@convbook/run';
import {
  createCommand,
  dataOption,
  reportsFolder,
  runCommand,
  streamOption,
  toCount,
  typedIn,
} from '../command.ts';
import { verifyNotebook, type VerifyOptions } from '../verify-notebook.ts';
import { verifyRun } from '../verify-run.ts';

async function run(name: string, options: VerifyOptions): Promise<void> {
  const place = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const { from } = options;
  if (!statSync(place).isDirectory()) {
    return verifyNotebook(place, { ...options, from: from && path.resolve(typedIn, from) });
  }
  if (from === undefined) return verifyRun(place, options);
  throw new ConfigurationError(
    '--from: expected none with a run, which has the weights that it began with; leave it out',
  );
}

const description =
  'Trains a run again from its run.json or its notebook, in a temporary folder, up to where it ended or was interrupted, and compares the SHA-256 of the models: 0 equal, 1 different.';
const command = createCommand('verify', description, [
  'pnpm verify my-run --workers 1',
  'pnpm verify notebook.html          what someone sent; names what differs',
])
  .argument(
    '<run>',
    'path of a run directory, or its name under reports/; or a notebook, an .html file',
  )
  .addOption(dataOption('the run’s own'))
  .addOption(streamOption())
  .option('--from <path>', 'of a notebook: the run or .safetensors file that its run began with')
  .option('--workers <n>', 'threads (default: the cores there are)', toCount)
  .action(run);

await runCommand(command);
