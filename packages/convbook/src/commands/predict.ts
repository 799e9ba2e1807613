// pnpm predict RUN: the answers of a run's model to test images or image files.
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { loadKernelModule } from '@convbook/core/node';
import { onBackground, openDecoder, type Decoder } from '@convbook/data/pictures';
import { readTrainedModel, resolveRun, type TrainedModel } from '@convbook/run';
import { createPredictor, fitImage, type Answer } from '@convbook/runtime';
import {
  createCommand,
  dataOption,
  refuse,
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
  const sources = testImages(trained, index, { directory, data, tell: say });
  const { classNames } = trained.record.data;
  const module = await loadKernelModule('plain');
  const predictor = createPredictor({ ...trained, module });
  const print = ({ bytes, ...source }: Source) => {
    const [answer] = predictor.predict([bytes]);
    const text = options.json
      ? toJson(source, answer, classNames)
      : describe(source, answer, classNames);
    process.stdout.write(`${text}\n`);
  };
  sources.forEach(print);
  await eachPicture(files, async (file, decoder) => print(await readImage(trained, file, decoder)));
}

/** A picture that is refused leaves the others their answers; the exit code tells of it. */
async function eachPicture(
  files: readonly string[],
  act: (file: string, decoder: Decoder) => Promise<void>,
): Promise<void> {
  const decoder = openDecoder();
  try {
    for (const file of files) {
      try {
        await act(file, decoder);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        refuse(error);
      }
    }
  } finally {
    await decoder.close();
  }
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

async function readImage({ model }: TrainedModel, file: string, decoder: Decoder): Promise<Source> {
  const pixels = await decoder.decode(resolve(typedIn, file), file);
  const bytes = fitImage(onBackground(pixels), model.input);
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
  'pnpm predict my-run digit.png photo.jpg  pictures of any size',
  'pnpm -s predict my-run --index 7 --json  one line of JSON per image',
])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .argument('[files...]', 'PNG, JPEG, WebP, GIF, AVIF or TIFF pictures')
  .option(
    '--index <k>',
    'an image by its place in the test set; may be repeated',
    (text: string, all: number[] | undefined) => [...(all ?? []), toCount(text)],
  )
  .addOption(dataOption('the run’s own'))
  .option('--json', 'class, probabilities and logits as one line of JSON per image')
  .action(run);

await runCommand(command);
