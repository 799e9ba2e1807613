export { assertClose } from '../assert-close.ts';
export { loadWideModule } from '../testing/load-wide-module.ts';
