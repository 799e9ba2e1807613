import { join } from 'node:path';
import { decodeAll } from './decode-all.ts';
import type { ListedFile } from './list-files.ts';
import type { ImageSize } from './picture-settings.ts';

/** So many pictures are looked at; decoding one takes some milliseconds. */
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
  const sides = await decodeAll(looked, ({ width, height }) => Math.min(width, height), { signal });
  const known = sides.flatMap((side) => ('result' in side ? side.result : []));
  const middle = known.sort((a, b) => a - b).at(known.length >> 1) ?? most;
  const side = Math.floor(Math.min(most, Math.max(least, middle)) / multiple) * multiple;
  return { height: side, width: side };
}
