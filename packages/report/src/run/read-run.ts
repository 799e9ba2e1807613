export { createRunReader, readFirstFilters, readRecord, readRun } from '@convbook/run';
