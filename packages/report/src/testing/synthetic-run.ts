export { writeSyntheticRun } from '@convbook/run/testing';
