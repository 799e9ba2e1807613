export { temporaryDirectory } from '@convbook/run/testing/folders';
