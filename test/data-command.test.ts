// Data as they lie around, as a user trains on them: real files, real processes.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadIdxFolder } from '@convbook/data';
import { dense, flatten } from '@convbook/layers';
import type { DatasetRecord, RunRecord } from '@convbook/run';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { resume, train } from '@convbook/trainer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { root, runNode } from './run-node.ts';

const cases = path.join(root, 'test', 'cases');
const linear = (units: number) => ({
  name: `linear${units}`,
  input: [1, 28, 28] as const,
  layers: [flatten(), dense({ units })],
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-data-command-'));
  const text = `export default ${JSON.stringify(linear(26))};\n`;
  await writeFile(path.join(folder, 'linear26.mjs'), text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const readJson = async <Content>(directory: string, name: string) =>
  JSON.parse(await readFile(path.join(directory, name), 'utf8')) as Content;

it('labels 1 to 26: 26 classes, a line about them, and one about classes without samples', async () => {
  const words = ['--data', path.join(cases, 'labels-1-26'), '--model', 'linear26.mjs'];
  const settings = ['--transpose', '--limit=10', '--epochs=1', '--workers=0', '--progress=none'];
  const typed = commandWords('train', ...words, ...settings, '--out', 'run');
  const { code, stderr } = await runNode(typed, folder);
  expect(stderr).toBe(
    'note: labels 1 to 26 become 26 classes, which a model counts from 0\n' +
      'warning: no training sample of class 11, 12, 13, 14, 15 and 11 more: the model cannot learn it\n' +
      'warning: 520 training images are also test images: training image 0 = test image 0, training image 1 = test image 1, training image 2 = test image 2 and 23 more; --drop-duplicates leaves such images out of training\n' +
      'warning: 494 training images repeat others\n',
  );
  expect(code).toBe(0);
  const { data, command } = await readJson<RunRecord>(path.join(folder, 'run'), 'run.json');
  expect(data).toMatchObject({ transposed: true, sampling: 'stratified' });
  expect([data.classNames[0], data.classNames.length]).toEqual(['1', 26]);
  expect(command).toMatch(/ --transpose$/);
});

it('a set sorted by class: every class is trained on, held out and tested, and a resume draws the same', async () => {
  const data = loadIdxFolder(path.join(cases, 'sorted'));
  const out = path.join(temporaryFolder(), 'run');
  const settings = { limit: 100, validation: 20, epochs: 2, batchSize: 10 };
  const interruption = new AbortController();
  const stopped = { onEvent: () => interruption.abort(), signal: interruption.signal };
  const given = { model: linear(2), data, workers: 0, ...settings };
  await train({ ...given, ...stopped, out });
  const description = await readJson<DatasetRecord>(out, 'dataset.json');
  expect([description.train, description.validation]).toEqual([
    { samples: 80, perClass: [40, 40] },
    { samples: 20, perClass: [10, 10] },
  ]);
  const { record } = await resume(out, { chooseData: () => data, workers: 0 });
  const whole = await train({ ...given, out: path.join(temporaryFolder(), 'run') });
  expect(record.result?.modelSha256).toBe(whole.record.result?.modelSha256);
});
