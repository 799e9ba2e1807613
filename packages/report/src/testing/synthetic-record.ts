export { syntheticRecord, type RunSettings } from '@convbook/run/testing';
