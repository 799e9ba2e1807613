// One measurement in a process of its own, so that its memory is its own. Called by bench.ts.
import { benchmark } from '@convbook/trainer';
import { chooseData, chooseModel, defaultDataName, fitOf } from './choose.ts';

const { model, data, ...rest } = JSON.parse(process.argv[2]) as {
  model: string;
  data?: string;
  workers: number;
  batchSize: number;
  shardSize?: number;
  seconds: number;
};
const spec = await chooseModel(model);
const fit = fitOf(spec);
const result = await benchmark({
  ...rest,
  model: spec,
  data: chooseData(data ?? defaultDataName(fit), fit),
});
process.stdout.write(`${JSON.stringify(result)}\n`);
