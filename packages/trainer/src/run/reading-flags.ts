import { sourceOf, type Dataset } from '@convbook/data';

/** The options of the command that say how the data set is read: those that are not the defaults. */
export function readingFlags(data: Dataset): string {
  const source = sourceOf(data);
  const { size, fit, channels, testShare, background, skipDamaged } =
    source?.kind === 'pictures' ? source.settings : {};
  const flags = [
    [data.transposed, '--transpose'],
    [size, `--image-size ${size?.width}x${size?.height}`],
    [fit, `--fit ${fit}`],
    [channels, `--channels ${channels}`],
    [testShare, `--test-share ${testShare}`],
    [background, `--background ${background}`],
    [skipDamaged, '--skip-damaged'],
  ];
  return flags
    .filter(([given]) => given !== undefined && given !== false)
    .map(([, flag]) => ` ${String(flag)}`)
    .join('');
}
