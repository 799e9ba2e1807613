import { expect, test } from 'vitest';
import { adam, constantRate, repeatCommand } from '@convbook/run';
import { toConfiguration, type TrainingSettings } from './configuration.ts';

const all = '--epochs 2 --batch-size 100 --shard-size 16 --optimizer';

test.each<[TrainingSettings, string]>([
  [
    { epochs: 2 },
    `pnpm train --model net --data mnist ${all} adamw --learning-rate 0.004 --weight-decay 0.05 --schedule one-cycle --seed 1`,
  ],
  [
    {
      epochs: 2,
      optimizer: adam(),
      schedule: constantRate(),
      learningRate: 0.1,
      seed: 7,
      limit: 300,
      validation: 50,
    },
    `pnpm train --model net --data mnist ${all} adam --learning-rate 0.1 --weight-decay 0 --schedule constant --seed 7 --limit 300 --validation 50`,
  ],
])('%j', (settings, want) => {
  expect(repeatCommand('net', 'mnist', toConfiguration(settings, 60_000))).toBe(want);
});
