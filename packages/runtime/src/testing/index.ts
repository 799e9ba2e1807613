export { variedModels } from './models.ts';
export { imagesOf, networkOf } from './networks.ts';
