import { expect, test } from 'vitest';
import { largeBatchTables, type Trained } from './large-batch-table.ts';

const run: Trained = {
  model: 'net',
  limit: 20_000,
  test: 10_000,
  epochs: 5,
  seed: 1,
  batchSize: 1024,
  way: 'defaults',
  steps: 100,
  learningRate: 0.004,
  testAccuracy: 0.98765,
};

test('a table a model, a row a batch in order, a column a way; what was not run stays empty', () => {
  const runs: Trained[] = [
    run,
    { ...run, way: 'large-batch-lamb', learningRate: 0.123_456, testAccuracy: null },
    { ...run, batchSize: 100, steps: 1000 },
    { ...run, model: 'other', limit: 4000 },
  ];
  expect(largeBatchTables(runs))
    .toBe(`\`net\`, 20,000 training and 10,000 test images, 5 epochs, seed 1:

| batch | steps | defaults | \`--recipe large-batch-lamb\` |
| ---: | ---: | ---: | ---: |
| 100 | 1,000 | 98.77% (rate 0.004) |  |
| 1,024 | 100 | 98.77% (rate 0.004) | diverged (rate 0.12) |

\`other\`, 4,000 training and 10,000 test images, 5 epochs, seed 1:

| batch | steps | defaults |
| ---: | ---: | ---: |
| 1,024 | 100 | 98.77% (rate 0.004) |`);
});
