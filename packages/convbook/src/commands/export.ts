// pnpm export RUN --format F: the model of a run as other programs read it.
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import {
  exportFormats,
  readExportedModel,
  writeExport,
  type ExportFormat,
  type ExportOptions,
} from '@convbook/export';
import { readRun, resolveRun, type RunRecord } from '@convbook/run';
import { Option } from 'commander';
import { createCommand, dataOption, reportsFolder, runCommand, typedIn } from '../command.ts';
import { exportPlace } from '../export-place.ts';
import { say, style } from '../progress.ts';
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
  checkOptions(chosen, format, options);
  const trained = readExportedModel(directory);
  // Whatever is damaged is refused, not taken along.
  const { evaluation } = readRun(directory);
  sayUnfinished(trained.record);
  const files = await format.files(trained, options);
  const place =
    out === undefined
      ? path.join(directory, 'export', format.usualName)
      : exportPlace(out, files, format);
  await writeExport(files, { place, mayReplace: force === true });
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  say(`${files.length === 1 ? 'file' : `${files.length} files`} of ${bytes} bytes`);
  process.stdout.write(`${place}\n`);
  if (verifier)
    await verifyExport(verifier, { directory, trained, evaluation, options, files, data });
}

function checkData(data: string | undefined, verify: true | undefined): void {
  if (data === undefined || verify) return;
  throw new ConfigurationError(
    `--data: expected --verify, which reads the data set, got ${data} without it; add it, or leave --data out`,
  );
}

/** A page takes pictures and shows probabilities, whatever is asked for. */
function checkOptions(name: string, { isPage }: ExportFormat, options: ExportOptions): void {
  if (!isPage) return;
  const given = options.withPreprocessing ? '--with-preprocessing' : '--output softmax';
  if (!options.withPreprocessing && options.output === 'logits') return;
  throw new ConfigurationError(
    `${given}: expected a format for programs, onnx or pytorch, got ${name}; leave the option out`,
  );
}

function sayUnfinished({ status, result }: RunRecord): void {
  if (status === 'complete') return;
  const steps = result ? ` after ${result.steps} steps` : '';
  say(style('yellow', `the run is ${status}${steps}: its model so far is exported`));
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
  .option('--force', 'replace files that are there and differ')
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
