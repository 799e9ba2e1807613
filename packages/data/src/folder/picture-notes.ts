import type { DamagedFile } from '../dataset-files.ts';
import type { Dataset } from '../dataset.ts';
import { listed } from './damaged.ts';
import type { PictureFolder } from './picture-folder.ts';

const mostNames = 8;

/** How a folder was understood, and which files of it are not used, a sentence each. */
export function pictureNotes(
  { layout, classNames, passedOver }: PictureFolder,
  { sampleShape, train, test }: Pick<Dataset, 'sampleShape' | 'train' | 'test'>,
  damaged: readonly DamagedFile[],
): string[] {
  const [channels, height, width] = sampleShape;
  const names = classNames.slice(0, mostNames).join(', ');
  const more = classNames.length > mostNames ? ` and ${classNames.length - mostNames} more` : '';
  const understood =
    `${layout}: ${classNames.length} classes (${names}${more}), ${counted(train.count)} to train and ` +
    `${counted(test.count)} to test, as ${channels === 1 ? 'grey' : 'colour'} images of ${width} × ${height}`;
  const reasons = Object.entries(passedOver).map(([reason, count]) => `${reason} (${count})`);
  const skipped = reasons.length === 0 ? [] : [`passed over: ${reasons.join(', ')}`];
  const broken =
    damaged.length === 0 ? [] : [`passed over: ${damaged.length} damaged: ${listed(damaged)}`];
  return [understood, ...skipped, ...broken];
}

function counted(count: number): string {
  return `${count.toLocaleString('en-US')} picture${count === 1 ? '' : 's'}`;
}
