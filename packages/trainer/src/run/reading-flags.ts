import { sourceOf, type Dataset } from '@convbook/data';

/** The options of the command that say how the data set is read: those that were given. */
export function readingFlags(data: Dataset): string {
  const source = sourceOf(data);
  const settings = source?.kind === 'pictures' ? source.settings : {};
  const isFound = source?.kind === 'pictures' || source?.kind === 'folder';
  const hasDropped = isFound && source.dropDuplicates === true;
  const { size, fit, channels, testShare, background, skipDamaged } = settings;
  const flags = [
    data.transposed === true && '--transpose',
    size !== undefined && `--image-size ${size.width}x${size.height}`,
    fit !== undefined && `--fit ${fit}`,
    channels !== undefined && `--channels ${channels}`,
    testShare !== undefined && `--test-share ${testShare}`,
    background !== undefined && `--background ${background}`,
    skipDamaged === true && '--skip-damaged',
    hasDropped && '--drop-duplicates',
  ];
  return flags
    .filter((flag) => flag !== false)
    .map((flag) => ` ${flag}`)
    .join('');
}
