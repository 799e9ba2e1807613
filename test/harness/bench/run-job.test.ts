import { expect, test } from 'vitest';
import { runJob } from './run-job.ts';

const printing = (lines: readonly object[], code = 0) => [
  '--eval',
  `for (const line of ${JSON.stringify(lines)}) console.log(JSON.stringify(line));
   process.exitCode = ${code};`,
];
const epochs = [0.97, 0.992, 0.99].map((testAccuracy) => ({ event: 'epoch', testAccuracy }));

test('the first epoch with the target counts, and the last accuracy', async () => {
  const others = [{ event: 'start' }, { event: 'epoch', imagesPerSecond: 9 }];
  const words = printing([...others, ...epochs]);
  const { reached, seconds, testAccuracy } = await runJob(process.execPath, words, 0.99);
  expect(testAccuracy).toBe(0.99);
  expect(reached).toBeGreaterThan(0);
  expect(seconds).toBeGreaterThanOrEqual(reached ?? Infinity);
});

test('a target that is never seen is null', async () => {
  const { reached } = await runJob(process.execPath, printing(epochs), 0.993);
  expect(reached).toBeNull();
});

test('the environment is passed on', async () => {
  const words = ['--eval', `console.log(process.env.EPOCH)`];
  const environment = { EPOCH: JSON.stringify(epochs[0]) };
  expect(await runJob(process.execPath, words, 1, environment)).toMatchObject({
    testAccuracy: 0.97,
  });
});

test('a job that fails is an error', async () => {
  await expect(runJob(process.execPath, printing(epochs, 3), 0.5)).rejects.toThrow(
    `${process.execPath}: expected exit code 0, got 3; its own message is above`,
  );
});

test('so is a command that does not exist', async () => {
  await expect(runJob('/nowhere/python3', [], 0.5)).rejects.toThrow(
    'spawn /nowhere/python3 ENOENT',
  );
});
