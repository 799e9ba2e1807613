import { listFiles, type Listing } from './list-files.ts';
import { pictureEnding } from './picture-folder.ts';

/**
 * The pictures below a folder in natural order, with the rules of `listFiles`; files without the ending of a
 * picture are passed over and counted, too.
 *
 * @throws DataError when the folder or one below it cannot be read.
 */
export function listPictures(folder: string): Listing {
  const { files, passedOver } = listFiles(folder);
  const pictures = files.filter(({ path }) => pictureEnding.test(path));
  const others = files.length - pictures.length;
  return {
    files: pictures,
    passedOver:
      others === 0
        ? passedOver
        : { ...passedOver, 'files without the ending of a picture': others },
  };
}
