// One measurement in a process of its own, so that its memory is its own. Called by bench.ts.
import { benchmark } from '@convbook/trainer';
import { chooseData, chooseModel } from './choose.ts';

const { model, data, ...rest } = JSON.parse(process.argv[2]) as {
  model: string;
  data: string;
  workers: number;
  batchSize: number;
  shardSize?: number;
  seconds: number;
};
const result = await benchmark({
  ...rest,
  model: await chooseModel(model),
  data: chooseData(data),
});
process.stdout.write(`${JSON.stringify(result)}\n`);
