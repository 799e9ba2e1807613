// The options of train that say how a folder of pictures is read.
import type { ImageSize, PictureSettings } from '@convbook/data/folder';
import { InvalidArgumentError, Option } from 'commander';
import { toCount, toNumber } from './command.ts';

/** As commander names them. */
export interface PictureOptions extends Omit<PictureSettings, 'size'> {
  imageSize?: ImageSize;
}

/** The options, in the order of the help. */
export function pictureOptions(): Option[] {
  return [
    new Option(
      '--image-size <size>',
      'pictures of a folder become images of this size: 64, or 96x64 for width x height (default: the model file’s, or the middle of the shorter sides, at most 96)',
    ).argParser(toImageSize),
    new Option(
      '--fit <how>',
      'pictures of other proportions: cover takes the middle, contain adds bars, stretch distorts (default: cover)',
    ).choices(['cover', 'contain', 'stretch']),
    new Option(
      '--channels <kind>',
      'images of pictures (default: grey if all pictures are)',
    ).choices(['grey', 'rgb']),
    new Option(
      '--background <grey>',
      'of transparent parts and bars, from 0 to 255 (default: 255, white)',
    ).argParser(toCount),
    new Option(
      '--test-share <x>',
      'of a folder without test pictures, chosen by their content (default: 0.2)',
    ).argParser(toNumber),
    new Option('--skip-damaged', 'pass over pictures that cannot be decoded'),
  ];
}

/** The settings that were given. */
export function toPictureSettings({
  imageSize: size,
  fit,
  channels,
  background,
  testShare,
  skipDamaged,
}: PictureOptions): PictureSettings {
  return { size, fit, channels, background, testShare, skipDamaged };
}

function toImageSize(text: string): ImageSize {
  const match = /^(\d{1,5})(?:x(\d{1,5}))?$/i.exec(text);
  const [width, height] = match ? [Number(match[1]), Number(match[2] ?? match[1])] : [0, 0];
  if (width > 0 && height > 0) return { height, width };
  throw new InvalidArgumentError('Expected a size such as 64, or 96x64 for width x height.');
}
