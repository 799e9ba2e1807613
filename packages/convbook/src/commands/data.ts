// pnpm data PATH: looks at a data set; writes nothing but the file of decoded pictures.
import { resolve } from 'node:path';
import { dataNames } from '@convbook/run';
import { presets } from '@convbook/layers';
import { checkNamed, chooseData, fitOf, usualPreset } from '../choose.ts';
import { createCommand, runCommand, typedIn } from '../command.ts';
import { dataText } from '../data-text.ts';
import { createDecodingProgress } from '../decoding-progress.ts';
import { inspectData } from '../inspect-data.ts';
import { pictureOptions, toPictureSettings, type PictureOptions } from '../picture-options.ts';
import { say, toProgressKind } from '../progress.ts';
import { readPath } from '../read-path.ts';
import { listenForInterruption } from '../signals.ts';

interface Options extends PictureOptions {
  transpose?: true;
  dropDuplicates?: true;
  json?: true;
}

const command = createCommand(
  'data',
  'Looks at a data set before training: classes, sizes, damaged files, copies and other faults. Keeps decoded pictures for the training; writes nothing else.',
  [
    'pnpm data ./photos                           what a training would use, and what is wrong',
    'pnpm data ./photos --image-size 96           the same with images of another size',
    'pnpm -s data ./photos --json                 all of it: every class, file and copy',
  ],
)
  .argument('<path>', 'a folder of pictures, the four IDX files or CIFAR, a .npz file, or mnist')
  .option('--transpose', 'exchange rows and columns of the images in a folder with IDX files')
  .option('--drop-duplicates', 'as training with this option');
for (const option of pictureOptions()) command.addOption(option);
command.option('--json', 'everything as JSON').action(run);

async function run(name: string, options: Options): Promise<void> {
  const decoding = await createDecodingProgress(toProgressKind('auto'));
  const interruption = listenForInterruption(() => decoding.stop());
  const { signal } = interruption;
  try {
    const data = await read(name, options, { onProgress: decoding.update, signal });
    const report = inspectData(data, name, usualPreset(name));
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : dataText(report));
  } catch (error) {
    interruption.leaveBy(error);
  } finally {
    decoding.stop();
    interruption.dispose();
  }
}

interface Reading {
  onProgress(done: number, total: number): void;
  readonly signal: AbortSignal;
}

/** Damaged pictures are passed over: they are part of what is told. */
function read(name: string, { transpose, dropDuplicates, ...options }: Options, reading: Reading) {
  checkNamed('data', name);
  const pictures = toPictureSettings(options);
  if (dataNames.includes(name)) {
    const settings = { ...pictures, transpose, dropDuplicates };
    return chooseData(name, fitOf(presets['simple-convnet']), say, settings);
  }
  const isOfPictures = usualPreset(name) === 'photo-net';
  const skipDamaged = isOfPictures ? true : pictures.skipDamaged;
  const settings = { ...pictures, skipDamaged, transpose, dropDuplicates, ...reading };
  return readPath(resolve(typedIn, name), name, settings);
}

await runCommand(command);
