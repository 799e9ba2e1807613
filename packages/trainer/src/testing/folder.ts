export { temporaryFolder } from '@convbook/run/testing/folders';
