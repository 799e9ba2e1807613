// A process of its own that reads a run, and says what it found.
import { readRun } from '../read-run.ts';

const { steps, stepsPerPoint, stepCount, epochs, epochCount } = readRun(process.argv[2]);
const found = { points: steps.length, stepsPerPoint, stepCount, epochs: epochs.length, epochCount };
process.stdout.write(JSON.stringify(found));
