export { loadCifar } from './cifar.ts';
export { dataKind } from './data-kind.ts';
export type { DataKind } from './data-kind.ts';
export { listPictures } from './list-pictures.ts';
export { loadPictureFolder } from './load-pictures.ts';
export type { PictureFolderOptions } from './load-pictures.ts';
export { loadNpz } from './npz.ts';
export type { ImageSize, PictureSettings } from './picture-settings.ts';
