export { temporaryDirectory, temporaryFolder } from '@convbook/run/testing/folders';
