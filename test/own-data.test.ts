// A run on a folder and a model file of one's own, whose names need quoting, used from other folders.
import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { readRecord, shellWord } from '@convbook/run';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { writeSmall } from './harness/faults/small.ts';
import { runNode } from './run-node.ts';

const root = temporaryDirectory();
const typedIn = path.join(root, `kim's 내 $HOME`);
const out = path.join(typedIn, 'run');
const model = path.join('my models', '내 모델.mjs');

const inFolder = (command: string, ...rest: string[]) =>
  runNode(commandWords(command, ...rest), typedIn);
const elsewhere = (command: string, ...rest: string[]) =>
  runNode(commandWords(command, ...rest), '/');

beforeAll(async () => {
  mkdirSync(path.join(typedIn, 'my models'), { recursive: true });
  writeSmall(typedIn);
  renameSync(path.join(typedIn, 'small.mjs'), path.join(typedIn, model));
  renameSync(path.join(typedIn, 'blobs'), path.join(typedIn, '-my "digits"'));
  const words = [`--model=${model}`, '--data=-my "digits"', '--epochs=1', '--seed=7'];
  const { code, stderr } = await inFolder('train', ...words, '--out', 'run');
  expect(code, stderr).toBe(0);
});

it('run.json has the command, which a shell takes and which makes the same model', async () => {
  const { command, result } = readRecord(out);
  expect(command).toContain(`--model 'my models/내 모델.mjs' --data './-my "digits"' --epochs 1`);
  const typed = command.replace('pnpm train', commandWords('train').map(shellWord).join(' '));
  const again = `${shellWord(process.execPath)} ${typed} --out again`;
  await promisify(execFile)('sh', ['-c', again], { cwd: typedIn, env: withoutInitialFolder() });
  expect(readRecord(path.join(typedIn, 'again')).result?.modelSha256).toBe(result?.modelSha256);
});

/** As in a shell, where no package manager says where it was called. */
function withoutInitialFolder(): NodeJS.ProcessEnv {
  const { INIT_CWD: _, ...environment } = process.env;
  return environment;
}

it('run.json has both paths and the hash; the notebook has neither path', () => {
  const { model: recordedModel, data } = readRecord(out);
  const sha256 = expect.stringMatching(/^[\da-f]{64}$/) as unknown;
  const [file, folder] = [model, '-my "digits"'].map((name) => path.join(typedIn, name));
  expect(recordedModel.source).toEqual({
    kind: 'file',
    sha256,
    relativePath: path.relative(out, file),
    absolutePath: file,
  });
  expect(data.source).toEqual({
    kind: 'folder',
    relativePath: path.relative(out, folder),
    absolutePath: folder,
  });
  const page = readFileSync(path.join(out, 'index.html'), 'utf8');
  const downloads = [...page.matchAll(/data:application\/json;base64,([^"]*)"/g)].map(([, text]) =>
    Buffer.from(text, 'base64').toString(),
  );
  expect(downloads.join()).toContain('"kind": "folder"');
  for (const text of [page, ...downloads]) expect(text).not.toContain(root);
});

it('predict and verify find the data from any folder, and say when the model file has changed', async () => {
  expect(await elsewhere('predict', out, '--index', '0')).toMatchObject({ code: 0, stderr: '' });
  appendFileSync(path.join(typedIn, model), '// changed\n');
  const { code, stdout, stderr } = await elsewhere('verify', out);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'equal\n' });
  expect(stderr).toContain(
    `${path.join(typedIn, model)}: expected the SHA-256 that run.json has, got another; the layers in run.json are used\n`,
  );
});

it('a folder that was moved alone is asked for with 3, and --data names it', async () => {
  const [from, to] = ['-my "digits"', 'moved'].map((name) => path.join(typedIn, name));
  renameSync(from, to);
  for (const words of [
    ['predict', out, '--index', '0'],
    ['verify', out],
    ['train', '--resume', out],
  ]) {
    const { code, stderr } = await elsewhere(...(words as [string, ...string[]]));
    expect({ code, words }).toEqual({ code: 3, words });
    expect(stderr).toContain('; name its folder with --data\n');
  }
  const words = ['--index', '0', '--data', to];
  expect(await elsewhere('predict', out, ...words)).toMatchObject({ code: 0, stderr: '' });
  renameSync(to, from);
});

it('--data mnist is the built-in data set, and says so where a folder has that name; ./mnist is the folder', async () => {
  renameSync(path.join(typedIn, '-my "digits"'), path.join(typedIn, 'mnist'));
  const words = ['train', `--model=${model}`, '--epochs=1', '--out=named', '--data'] as const;
  const builtIn = await inFolder(...words, 'mnist');
  expect(builtIn.code).toBe(2);
  const line = '--data mnist is the built-in data set; the folder of that name is --data ./mnist\n';
  expect(builtIn.stderr.slice(0, line.length)).toBe(line);
  expect((await inFolder(...words, './mnist')).code).toBe(0);
  const named = path.join(typedIn, 'named');
  expect(readRecord(named).command).toContain('--data ./mnist ');
  expect((await elsewhere('predict', named, '--index', '0')).code).toBe(0);
});
