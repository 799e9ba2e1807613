import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun, type RunRecord } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { configurationCell } from './configuration.ts';
import { resultCell } from './result.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), '-my run')));

async function textOf(record: RunRecord): Promise<string> {
  const shown = { ...run, record };
  const cells = [resultCell, configurationCell];
  const parts: unknown[] = [];
  for (const cell of cells) parts.push(await cell.render(shown, null, null));
  return pageText(parts.join(' ')).replaceAll(/\s+/g, ' ');
}

test('the commands are quoted for a shell', async () => {
  const { record } = run;
  const source = { kind: 'folder', absolutePath: '/disk/kim/my digits' } as const;
  const command = "pnpm train --model lenet --data '/disk/kim/my digits' --seed 1";
  const text = await textOf({ ...record, command, data: { ...record.data, source } });
  expect(text).toMatch(/pnpm train --model lenet --data 'my digits' --seed 1 Copy.*? This trains/);
  expect(text).toContain("pnpm train --model lenet --data 'my digits' --seed 1 --epochs 6");
  expect(text).toContain("pnpm verify './-my run'");
  expect(text).not.toContain('kim');
});

test.each(['interrupted', 'failed'] as const)('a run that is %s goes on', async (status) => {
  const text = await textOf({ ...run.record, status });
  expect(text).toMatch(/without the interruption: pnpm train --resume '.\/-my run' Copy/);
  expect(text).not.toContain('--epochs 6');
});

test.each(['running', 'diverged', 'complete'] as const)(
  'a run that is %s has nothing to go on with',
  async (status) => {
    expect(await textOf({ ...run.record, status })).not.toContain('--resume');
  },
);

test('a run on the data of a program does not say that its command gives the same', async () => {
  const { record } = run;
  const command = "pnpm train --model lenet --data '<data of a program>' --seed 1";
  const data = { ...record.data, source: { kind: 'object' } as const };
  const text = await textOf({ ...record, command, data });
  expect(text).toContain('A program passed the model or the data to this run.');
  expect(text).not.toContain('The same command gives the same model');
  expect(text).not.toContain('pnpm verify');
});
