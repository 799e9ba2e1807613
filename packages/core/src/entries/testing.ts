export { assertClose } from '../assert-close.ts';
