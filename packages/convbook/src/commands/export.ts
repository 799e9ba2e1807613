// pnpm export RUN --format F: the model of a run as other programs read it.
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import {
  exportFormats,
  readExportedModel,
  writeExport,
  type ExportOptions,
} from '@convbook/export';
import { resolveRun } from '@convbook/run';
import { Option } from 'commander';
import { createCommand, dataOption, reportsFolder, runCommand, typedIn } from '../command.ts';
import { say } from '../progress.ts';
import { verifierOf, verifyExport } from '../verify-export.ts';

interface Options extends ExportOptions {
  format: string;
  out?: string;
  force?: true;
  verify?: true;
  data?: string;
}

async function run(
  name: string,
  { format: chosen, out, force, verify, data, ...options }: Options,
) {
  const directory = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const format = exportFormats[chosen];
  const verifier = verify && verifierOf(chosen, format);
  checkData(data, verify);
  const trained = readExportedModel(directory);
  const files = await format.files(trained, options);
  const place =
    out === undefined
      ? path.join(directory, 'export', format.usualName)
      : path.resolve(typedIn, out);
  await writeExport(files, { place, mayReplace: out === undefined || force === true });
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  say(`${files.length === 1 ? 'file' : `${files.length} files`} of ${bytes} bytes`);
  process.stdout.write(`${place}\n`);
  if (verifier) await verifyExport(verifier, { directory, trained, options, files, data });
}

function checkData(data: string | undefined, verify: true | undefined): void {
  if (data === undefined || verify) return;
  throw new ConfigurationError(
    `--data: expected --verify, which reads the data set, got ${data} without it; add it, or leave --data out`,
  );
}

const formats = Object.entries(exportFormats).map(([name, { help }]) => `${name}: ${help}`);
const command = createCommand('export', 'Writes the model of a run for other programs.', [
  'pnpm export my-run --format onnx --verify',
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
  .option(
    '--verify',
    'compute the test set from the ONNX file with onnxruntime-web, and compare: 0 equal but for rounding, 1 different',
  )
  .addOption(dataOption('the run’s own; for --verify'))
  .action(run);

await runCommand(command);
