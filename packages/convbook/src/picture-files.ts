import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { listPictures, type PictureFile } from '@convbook/data/folder';

/** Where typed paths start, and who hears what is passed over. */
export interface PicturePlaces {
  readonly typedIn: string;
  tell(line: string): void;
}

/**
 * The picture files of arguments in the order typed; a folder stands for the pictures below it, in natural order.
 *
 * @throws ConfigurationError for a folder without pictures.
 * @throws DataError for a folder that cannot be read.
 */
export function pictureFiles(names: readonly string[], places: PicturePlaces): PictureFile[] {
  return names.flatMap((name) => {
    const path = resolve(places.typedIn, name);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return isFolder ? inFolder(path, name, places) : [{ path, where: name }];
  });
}

function inFolder(folder: string, name: string, { tell }: PicturePlaces): PictureFile[] {
  const { files, passedOver } = listPictures(folder);
  const reasons = Object.entries(passedOver).map(([reason, count]) => `${reason} (${count})`);
  const others = reasons.length === 0 ? '' : `passed over: ${reasons.join(', ')}`;
  if (files.length === 0) {
    throw new ConfigurationError(
      `${name}: expected a folder with pictures, got none${others && ` (${others})`}; name another`,
    );
  }
  if (others) tell(`note: ${printable(name)}: ${files.length} pictures, ${others}`);
  return files.map(({ path }) => ({ path: join(folder, path), where: join(name, path) }));
}
