// Trains the networks of the lesson "LeNet and AlexNet" again and writes what the book shows of them.
import { writeFileSync } from 'node:fs';
import { measureSwitches } from '../../packages/lessons/src/lessons/lenet-and-alexnet/measure.ts';

const out = new URL('../../packages/lessons/src/assets/lenet-and-alexnet.json', import.meta.url);
for await (const runs of measureSwitches()) {
  const { key, seed, accuracies } = runs.runs[runs.runs.length - 1];
  console.error(`${key} seed ${seed}: ${accuracies[accuracies.length - 1]}`);
  writeFileSync(out, `${JSON.stringify(runs)}\n`);
}
