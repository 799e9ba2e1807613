export { enlarged, greyPicture, pictureOf } from './pictures.ts';
export { modelFilesOf, type ModelFilePair } from './model-files.ts';
export { variedModels } from './models.ts';
export { imagesOf, networkOf } from './networks.ts';
