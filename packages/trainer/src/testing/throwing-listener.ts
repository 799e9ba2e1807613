// A program of its own: a run whose listener throws while a job runs. Prints how the run ended; an
// uncaught error would end the program instead.
import { tinyData, tinyModel } from './tiny.ts';
import { train } from '../train.ts';

const [out] = process.argv.slice(2);
// An epoch long enough for steps to be logged while it runs.
const data = tinyData(20_000, 5);
await train({
  model: tinyModel,
  data,
  batchSize: 1,
  epochs: 1,
  workers: 0,
  out,
  onEvent({ event }) {
    if (event === 'step') throw new Error('enough');
  },
}).then(
  () => process.stdout.write('resolved'),
  (error: unknown) => process.stdout.write((error as Error).message),
);
