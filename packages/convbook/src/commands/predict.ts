// pnpm predict RUN: the answers of a run's model to test images or image files.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { loadKernelModule } from '@convbook/core/node';
import { readTrainedModel, resolveRun, type TrainedModel } from '@convbook/run';
import { createPredictor, fitImage, type Answer } from '@convbook/runtime';
import { decodeImage } from '@convbook/runtime/decode';
import {
  createCommand,
  dataOption,
  reportsFolder,
  runCommand,
  toCount,
  typedIn,
} from '../command.ts';
import { say } from '../progress.ts';
import { recordedData, type DataPlaces } from '../recorded-data.ts';

interface Source {
  source: string;
  /** Class name of a test image's label. */
  label?: string;
  bytes: Uint8Array;
}

interface Options {
  data?: string;
  index?: number[];
  json?: true;
}

async function run(name: string, files: string[], options: Options) {
  const directory = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const trained = readTrainedModel(directory);
  const { data, index = [] } = options;
  if (index.length + files.length === 0) {
    throw new ConfigurationError('predict: expected --index K or image files, got neither');
  }
  const sources = [
    ...testImages(trained, index, { directory, data, tell: say }),
    ...files.map((file) => readImage(trained, file)),
  ];
  const { classNames } = trained.record.data;
  const module = await loadKernelModule('plain');
  const predictor = createPredictor({ ...trained, module });
  const answers = predictor.predict(sources.map(({ bytes }) => bytes));
  answers.forEach((answer, k) => {
    const { bytes: _, ...source } = sources[k];
    const text = options.json
      ? toJson(source, answer, classNames)
      : describe(source, answer, classNames);
    process.stdout.write(`${text}\n`);
  });
}

function testImages(
  { record }: TrainedModel,
  indexes: readonly number[],
  places: DataPlaces,
): Source[] {
  if (indexes.length === 0) return [];
  const { images, labels, count } = recordedData(record.data, places).test;
  const size = images.length / count;
  return indexes.map((index) => {
    if (index >= count) {
      throw new ConfigurationError(
        `--index: expected a test image from 0 to ${count - 1}, got ${index}`,
      );
    }
    const bytes = images.subarray(index * size, (index + 1) * size);
    return { source: `#${index}`, label: record.data.classNames[labels[index]], bytes };
  });
}

function readImage({ model }: TrainedModel, file: string): Source {
  let content: Uint8Array;
  try {
    content = readFileSync(resolve(typedIn, file));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigurationError(`${file}: cannot be read, got ${code}`, { cause });
  }
  const bytes = fitImage(decodeImage(content, file), model.input);
  if (bytes === null) {
    throw new ConfigurationError(`${file}: expected a digit, got a blank image`);
  }
  return { source: file, bytes };
}

function toJson(source: Omit<Source, 'bytes'>, answer: Answer, names: readonly string[]): string {
  const { class: place, probabilities, logits } = answer;
  const said = { class: place, className: names[place], probabilities, logits };
  return JSON.stringify({ ...source, ...said });
}

function describe(
  { source, label }: Omit<Source, 'bytes'>,
  { class: place, probabilities, logits }: Answer,
  names: readonly string[],
): string {
  const order = probabilities.map((_, k) => k).sort((a, b) => probabilities[b] - probabilities[a]);
  const rows = order.slice(0, 10).map((k) => {
    const share = `${(100 * probabilities[k]).toFixed(2)}%`.padStart(8);
    return `  ${names[k].padEnd(16)}${share}   ${String(logits[k])}`;
  });
  const first = `${source}: ${names[place]}${label === undefined ? '' : `   label ${label}`}`;
  return [first, ...rows].map(printable).join('\n');
}

const command = createCommand('predict', 'Predicts classes of images with the model of a run.', [
  'pnpm predict my-run --index 7            an image of the test set',
  'pnpm predict my-run digit.png photo.jpg  PNG or JPEG files of any size',
  'pnpm -s predict my-run --index 7 --json  one line of JSON per image',
])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .argument('[files...]', 'PNG or JPEG images')
  .option(
    '--index <k>',
    'an image by its place in the test set; may be repeated',
    (text: string, all: number[] | undefined) => [...(all ?? []), toCount(text)],
  )
  .addOption(dataOption('the run’s own'))
  .option('--json', 'class, probabilities and logits as one line of JSON per image')
  .action(run);

await runCommand(command);
