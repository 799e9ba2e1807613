import { join } from 'node:path';
import type { Decoder } from '../pictures/index.ts';
import { decodeAll, type Decoded, type PictureFile } from './decode-all.ts';
import type { ListedFile } from './list-files.ts';
import type { ImageSize } from './picture-settings.ts';

/** So many pictures are looked at, each by its header. */
const mostLooked = 101;
const [least, most, multiple] = [16, 96, 8];

/** The image size for pictures: the middle of their shorter sides, a multiple of 8 from 16 to 96. */
export async function chooseSize(
  folder: string,
  files: readonly ListedFile[],
  signal?: AbortSignal,
): Promise<ImageSize> {
  const count = Math.min(files.length, mostLooked);
  const looked = Array.from({ length: count }, (_, k) => {
    const { path } = files[Math.floor((k * files.length) / count)];
    return { path: join(folder, path), where: path };
  });
  const sides: number[] = [];
  const readSide = async (decoder: Decoder, { path, where }: PictureFile) => {
    const { width, height } = await decoder.readSize(path, where);
    return Math.min(width, height);
  };
  const keep = (_: number, side: Decoded<number>) => {
    if ('result' in side) sides.push(side.result);
  };
  await decodeAll(looked, readSide, keep, { signal });
  const middle = sides.sort((a, b) => a - b).at(sides.length >> 1) ?? most;
  const side = Math.floor(Math.min(most, Math.max(least, middle)) / multiple) * multiple;
  return { height: side, width: side };
}
