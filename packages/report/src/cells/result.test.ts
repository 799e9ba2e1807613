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

test('what to put in the place of a path is said below each command that has one', async () => {
  const { record } = run;
  const source = { kind: 'pictures', absolutePath: '/disk/kim/shapes' } as const;
  const command = 'pnpm train --model lenet --data /disk/kim/shapes --seed 1';
  const withPath = { ...record, command, data: { ...record.data, source } };
  const note = 'put the path of your folder of pictures in the place of shapes.';
  expect((await textOf(withPath)).split(note)).toHaveLength(3);
  const file = { kind: 'file', absolutePath: '/disk/kim/my net.ts' } as const;
  const typed = command.replace('lenet', "'/disk/kim/my net.ts'");
  const withBoth = { ...withPath, command: typed, model: { ...record.model, source: file } };
  expect(await textOf(withBoth)).toContain(
    "in the place of shapes and the path of your model file in the place of 'my net.ts'.",
  );
  expect(await textOf(record)).not.toContain('leaves out where files lie');
});

test('where a run lies is said below the command and the code that name it', async () => {
  const text = await textOf(run.record);
  expect(text).toContain('name a run outside of reports/ by its path:');
  expect(text).toContain('put the path of its folder in the place of reports/….');
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
