// pnpm predict RUN: the answers of a run's model to test images or image files.
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { loadKernelModule } from '@convbook/core/node';
import { openDecoder, type Decoder } from '@convbook/data/pictures';
import { readTrainedModel, resolveRun, type TrainedModel } from '@convbook/run';
import {
  createPredictor,
  doubtsOf,
  type Answer,
  type PictureChoices,
  type PictureDoubt,
} from '@convbook/runtime';
import { Option } from 'commander';
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
import { readImage } from '../read-image.ts';
import { recordedData, type DataPlaces } from '../recorded-data.ts';

interface Source {
  source: string;
  /** Class name of a test image's label. */
  label?: string;
  bytes: Uint8Array;
  /** What was done to a picture, in one line. */
  picture?: string;
  doubts?: readonly PictureDoubt[];
}

interface Options extends PictureChoices {
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
  const sources = await testImages(trained, index, { directory, data, tell: say });
  const { classNames } = trained.record.data;
  const module = await loadKernelModule('plain');
  const predictor = createPredictor({ ...trained, module });
  const print = (source: Source) => {
    const [answer] = predictor.predict([source.bytes]);
    const text = (options.json ? toJson : describe)(source, answer, classNames);
    process.stdout.write(`${text}\n`);
  };
  sources.forEach(print);
  await eachPicture(files, async (file, decoder) => {
    const pixels = await decoder.decode(resolve(typedIn, file), file);
    print(readImage(trained, file, pixels, options));
  });
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

async function testImages(
  { record }: TrainedModel,
  indexes: readonly number[],
  places: DataPlaces,
): Promise<Source[]> {
  if (indexes.length === 0) return [];
  const { images, labels, count } = (await recordedData(record.data, places)).test;
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

function toJson(
  { source, label, picture, doubts }: Source,
  answer: Answer,
  names: readonly string[],
): string {
  const { class: place, probabilities, logits } = answer;
  const said = { class: place, className: names[place], probabilities, logits };
  const doubtful = doubtsOf(doubts ?? [], probabilities).map(({ en }) => en);
  return JSON.stringify({ source, label, picture, doubts: doubtful, ...said });
}

function describe(
  { source, label, picture, doubts }: Source,
  answer: Answer,
  names: readonly string[],
): string {
  const { class: place, probabilities, logits } = answer;
  const order = probabilities.map((_, k) => k).sort((a, b) => probabilities[b] - probabilities[a]);
  const rows = order.slice(0, 10).map((k) => {
    const share = `${(100 * probabilities[k]).toFixed(2)}%`.padStart(8);
    return `  ${names[k].padEnd(16)}${share}   ${String(logits[k])}`;
  });
  const first = `${source}: ${names[place]}${label === undefined ? '' : `   label ${label}`}`;
  const doubtful = doubtsOf(doubts ?? [], probabilities).map(({ en }) => `  doubtful: ${en}`);
  const read = picture === undefined ? [] : [`  ${picture}`];
  return [first, ...read, ...doubtful, ...rows].map(printable).join('\n');
}

const command = createCommand('predict', 'Predicts classes of images with the model of a run.', [
  'pnpm predict my-run --index 7            an image of the test set',
  'pnpm predict my-run digit.png photo.jpg  pictures of any size',
  'pnpm -s predict my-run --index 7 --json  one line of JSON per image',
])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .argument('[files...]', 'PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP pictures')
  .option(
    '--index <k>',
    'an image by its place in the test set; may be repeated',
    (text: string, all: number[] | undefined) => [...(all ?? []), toCount(text)],
  )
  .addOption(dataOption('the run’s own'))
  .addOption(
    new Option(
      '--fit <how>',
      'read pictures as a digit (cut to the ink, centred) or as a whole',
    ).choices(['digit', 'whole']),
  )
  .option('--invert', 'turn bright and dark over; by default what the picture shows decides')
  .option('--no-invert', 'leave bright and dark as they are')
  .option('--transpose', 'swap rows and columns of pictures, as EMNIST has them')
  .option('--json', 'class, probabilities and logits as one line of JSON per image')
  .action(run);

await runCommand(command);
