export { enlarged, greyPicture, pictureOf } from './pictures.ts';
export { variedModels } from './models.ts';
export { imagesOf, networkOf } from './networks.ts';
