// pnpm predict RUN: the answers of a run's model to test images or image files.
import { ConfigurationError } from '@convbook/core';
import { checkNumber, wholeAboveZero } from '@convbook/core/checks';
import { loadKernelModule } from '@convbook/core/node';
import { sampleReader } from '@convbook/data';
import { readTrainedModel, resolveRun, type TrainedModel } from '@convbook/run';
import {
  createModel,
  describeModel,
  doubtsOf,
  type Answer,
  type PictureChoices,
} from '@convbook/runtime/network';
import { Option } from 'commander';
import { answerTable, type Source, type TableWords } from '../answer-table.ts';
import {
  createCommand,
  dataOption,
  refuse,
  reportsFolder,
  runCommand,
  toCount,
  typedIn,
} from '../command.ts';
import { decodeInOrder } from '../decode-in-order.ts';
import { pictureFiles } from '../picture-files.ts';
import { say } from '../progress.ts';
import { readImage } from '../read-image.ts';
import { recordedData, type DataPlaces } from '../recorded-data.ts';
import { whileDecoding, type Watch } from '../while-decoding.ts';

interface Given extends Source {
  bytes: Uint8Array;
}

interface Options extends PictureChoices {
  data?: string;
  index?: number[];
  top: number;
  json?: true;
}

function run(name: string, names: string[], options: Options): Promise<void> {
  return whileDecoding((watch) => predict(name, names, options, watch));
}

async function predict(
  name: string,
  names: readonly string[],
  options: Options,
  { decoding, signal }: Watch,
): Promise<void> {
  const directory = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const trained = readTrainedModel(directory);
  const { data, index = [], top, fit, invert, transpose } = options;
  checkNumber('--top', top, wholeAboveZero);
  if (index.length + names.length === 0) {
    throw new ConfigurationError('predict: expected --index K or image files, got neither');
  }
  const files = pictureFiles(names, { typedIn, tell: say });
  const places = { directory, data, tell: say, onProgress: decoding.update, signal };
  const images = await testImages(trained, index, places);
  const { classNames } = trained.record.data;
  const description = describeModel(trained.record);
  const network = { ...trained, module: await loadKernelModule('predict') };
  const model = createModel({ description, network, isVerified: true });
  const sources = [...images.map(({ source }) => source), ...files.map(({ where }) => where)];
  const write = options.json
    ? (given: Source, answer: Answer) => print(toJson(given, answer, top))
    : tableWriter({ sources, classNames, top, isRead: sources.length === 1 || top > 1 });
  for (const image of images) write(image, model.predict(image.bytes));
  await decodeInOrder(files, {
    make(pixels, where) {
      const given = readImage(model, where, pixels, { fit, invert, transpose });
      return { given, answer: model.predict(given.bytes) };
    },
    take: ({ given, answer: found }) => decoding.aside(() => write(given, found)),
    refuse: (error) => decoding.aside(() => refuse(error)),
    onProgress: decoding.update,
    signal,
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes answers as rows of a table, its head before the first. */
function tableWriter(words: TableWords): (source: Source, answer: Answer) => void {
  const table = answerTable(words);
  let hasHead = false;
  return (source, answer) => {
    if (!hasHead) print(table.head);
    hasHead = true;
    print(table.lines(source, answer));
  };
}

async function testImages(
  { record }: TrainedModel,
  indexes: readonly number[],
  places: DataPlaces,
): Promise<Given[]> {
  if (indexes.length === 0) return [];
  const { test } = await recordedData(record.data, places);
  const { labels, count } = test;
  const read = sampleReader(test);
  return indexes.map((index) => {
    if (index >= count) {
      throw new ConfigurationError(
        `--index: expected a test image from 0 to ${count - 1}, got ${index}`,
      );
    }
    const bytes = read(index).slice();
    return { source: `#${index}`, label: record.data.classNames[labels[index]], bytes };
  });
}

function toJson(
  { source, label, picture, doubts }: Source,
  { class: place, className, probabilities, logits, top: classes }: Answer,
  top: number,
): string {
  const doubtful = doubtsOf(doubts ?? [], probabilities).map(({ en }) => en);
  const numbers = { probabilities, logits: Array.from(logits), top: classes.slice(0, top) };
  return JSON.stringify({
    source,
    label,
    picture,
    doubts: doubtful,
    class: place,
    className,
    ...numbers,
  });
}

const command = createCommand('predict', 'Predicts classes of images with the model of a run.', [
  'pnpm predict my-run --index 7            an image of the test set',
  'pnpm predict my-run digit.png photo.jpg  pictures of any size',
  'pnpm predict my-run ./new --top 5        the pictures of a folder, five classes for each',
  'pnpm -s predict my-run --index 7 --json  one line of JSON per image',
])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .argument('[files...]', 'PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP pictures, or folders of them')
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
  .option('--top <n>', 'so many of the most probable classes for each image', toCount, 1)
  .option('--json', 'class, probabilities and logits as one line of JSON per image')
  .action(run);

await runCommand(command);
