// pnpm export RUN --format F: the model of a run as other programs read it.
import path from 'node:path';
import {
  exportFormats,
  readExportedModel,
  writeExport,
  type ExportOptions,
} from '@convbook/export';
import { resolveRun } from '@convbook/run';
import { Option } from 'commander';
import { createCommand, reportsFolder, runCommand, typedIn } from '../command.ts';
import { say } from '../progress.ts';

interface Options extends ExportOptions {
  format: string;
  out?: string;
  force?: true;
}

async function run(name: string, { format: chosen, out, force, ...options }: Options) {
  const directory = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const format = exportFormats[chosen];
  const files = await format.files(readExportedModel(directory), options);
  const place =
    out === undefined
      ? path.join(directory, 'export', format.usualName)
      : path.resolve(typedIn, out);
  await writeExport(files, { place, mayReplace: out === undefined || force === true });
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  say(`${files.length === 1 ? 'file' : `${files.length} files`} of ${bytes} bytes`);
  process.stdout.write(`${place}\n`);
}

const formats = Object.entries(exportFormats).map(([name, { help }]) => `${name}: ${help}`);
const command = createCommand('export', 'Writes the model of a run for other programs.', [
  'pnpm export my-run --format onnx',
])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .addOption(
    new Option('--format <name>', formats.join('; '))
      .choices(Object.keys(exportFormats))
      .makeOptionMandatory(),
  )
  .option('--out <path>', 'file or folder to write (default: in the run, under export/)')
  .option('--force', 'replace what is at --out')
  .option('--with-preprocessing', 'take bytes of pictures, and scale them in the model', false)
  .addOption(
    new Option('--output <what>', 'what the model gives')
      .choices(['logits', 'softmax'])
      .default('logits'),
  )
  .action(run);

await runCommand(command);
