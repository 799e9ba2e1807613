import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMnist } from '@convbook/data';
import { conv2d, dense, flatten, relu } from '@convbook/layers';
import { train } from '@convbook/trainer';

const data = loadMnist();
const layers = [
  conv2d({ filters: 4, kernelSize: 5, stride: 3 }),
  relu(),
  flatten(),
  dense({ units: 10 }),
];
const hashes = new Set<string>();
for (const workers of [1, 2, 3]) {
  const out = join(mkdtempSync(join(tmpdir(), 'workers-')), 'run');
  await train({ model: { input: [1, 28, 28], layers }, data, out, workers, limit: 300, epochs: 1 });
  const model = readFileSync(join(out, 'model.safetensors'));
  hashes.add(createHash('sha256').update(model).digest('hex'));
}
console.log('1, 2 and 3 workers:', hashes.size, 'model');

// Prints:
//   1, 2 and 3 workers: 1 model
