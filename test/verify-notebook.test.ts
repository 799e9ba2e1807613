// `pnpm verify FILE.html`: a run trained again from its notebook alone, in a folder without the run.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRecord } from '@convbook/run';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { writeSmall } from './harness/faults/small.ts';
import { runNode } from './run-node.ts';

const made = temporaryDirectory();
const folder = temporaryDirectory();
const train = (...rest: string[]) =>
  runNode(commandWords('train', '--progress=none', '--workers=0', '--epochs=1', ...rest), made);
const verify = (...words: string[]) =>
  runNode(commandWords('verify', '--workers=0', ...words), folder);

const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
/** Copies a run's notebook, and nothing else of it, into the folder; its text. */
function take(run: string): string {
  cpSync(path.join(made, run, 'index.html'), path.join(folder, `${run}.html`));
  return read(`${run}.html`);
}

const small = ['--model=small.mjs', '--data=blobs'];
let notebook = '';

beforeAll(async () => {
  writeSmall(made);
  cpSync(path.join(made, 'blobs'), path.join(folder, 'blobs'), { recursive: true });
  const { code, stderr } = await train(...small, '--seed=7', '--out=small');
  expect(code, stderr).toBe(0);
  notebook = take('small');
});

describe('a notebook alone', () => {
  it('trains to the model that it names', async () => {
    const { modelSha256 } = readRecord(path.join(made, 'small')).result ?? {};
    const { code, stdout, stderr } = await verify('small.html');
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'equal\n' });
    expect(stderr).toContain(
      `model of the run    ${modelSha256}\nmodel trained now   ${modelSha256}\n`,
    );
  });

  it('carries its run without paths, in less than a hundredth of the page', () => {
    const [capsule = ''] = /<template id="run-record">.*?<\/template>/s.exec(notebook) ?? [];
    expect(capsule).toContain('"kind":"folder"');
    expect(capsule).not.toContain(made);
    expect(capsule.length).toBeLessThan(notebook.length / 100);
  });

  it('needs no live weights', async () => {
    // More than 4 MiB: the page carries none.
    const layers = `[{ kind: 'flatten' }, { kind: 'dense', units: 11000 }, { kind: 'dense', units: 3 }]`;
    writeFileSync(
      path.join(made, 'wide.mjs'),
      `export default { name: 'wide', input: [1, 10, 10], layers: ${layers} };`,
    );
    const words = ['--model=wide.mjs', '--data=blobs', '--limit=30', '--out=wide'];
    const { code, stderr } = await train(...words);
    expect(code, stderr).toBe(0);
    expect(take('wide')).not.toContain('id="live-data"');
    expect(await verify('wide.html')).toMatchObject({ code: 0, stdout: 'equal\n' });
  });
});

describe('what differs is named, with 1', () => {
  it.each([
    ['a setting', '"seed":7', '"seed":8', 'configuration.seed: expected 7, got 8'],
    [
      'a layer',
      '"filters":',
      '"filters":1',
      /^model\.layers\.0\.filters: expected (\d), got 1\1$/m,
    ],
    ['the model’s hash', '"modelSha256":"', '"modelSha256":"0000', null],
    ['the data’s hash', '"sha256":{"t', '"sha256":{"x":"00","t', null],
  ])('%s that someone changed', async (_, from, to, line) => {
    // A hash keeps its length.
    const changed = notebook
      .replace(from, to)
      .replace(/("modelSha256":"[\da-f]{64})[\da-f]*/, '$1');
    expect(changed).not.toBe(notebook);
    write('changed.html', changed);
    const { code, stdout, stderr } = await verify('changed.html');
    expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: 'different\n' });
    expect(stderr).toMatch(
      line ?? /^(result\.modelSha256|data\.sha256\.x): expected ("[\da-f]+|nothing)/m,
    );
  });

  it('a setting that someone changed wherever the notebook has it', async () => {
    const [, base64 = ''] = /json;base64,([^"]*)" download="run.json"/.exec(notebook) ?? [];
    const record = Buffer.from(base64, 'base64').toString('utf8');
    const changed = Buffer.from(record.replace('"seed": 7', '"seed": 8')).toString('base64');
    write('everywhere.html', notebook.replace(base64, changed).replace('"seed":7', '"seed":8'));
    const { code, stdout, stderr } = await verify('everywhere.html');
    expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: 'different\n' });
    expect(stderr).toMatch(/^fingerprint: expected [\da-f]{64}, got [\da-f]{64}$/m);
  });

  it('another data set, each file with both hashes', async () => {
    const labels = 'train-labels-idx1-ubyte';
    const recorded = readRecord(path.join(made, 'small')).data.sha256;
    const other = path.join(folder, 'other');
    cpSync(path.join(folder, 'blobs'), other, { recursive: true });
    const [file = ''] = Object.keys(recorded).filter((name) => name.startsWith(labels));
    const bytes = readFileSync(path.join(other, file));
    bytes[bytes.length - 1] = bytes[bytes.length - 1] === 0 ? 1 : 0;
    writeFileSync(path.join(other, file), bytes);
    const { code, stdout, stderr } = await verify('small.html', '--data=other');
    expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: 'different\n' });
    const line = new RegExp(`^${file}: expected SHA-256 ${recorded[file]}, got [\\da-f]{64}$`, 'm');
    expect(stderr).toMatch(line);
    expect(stderr).not.toContain('train-images');
  });
});

it('a data set that is not there ends with 3; --data names it', async () => {
  mkdirSync(path.join(folder, 'elsewhere'));
  cpSync(path.join(folder, 'blobs'), path.join(folder, 'elsewhere/digits'), { recursive: true });
  rmSync(path.join(folder, 'blobs'), { recursive: true });
  const file = path.join(folder, 'small.html');
  expect(await verify('small.html')).toEqual({
    code: 3,
    stdout: '',
    stderr:
      `error: ${file}: expected the data set blobs of this run, got nothing in ` +
      `${path.join(folder, 'blobs')}; name its folder with --data\n`,
  });
  expect(await verify('small.html', '--data=elsewhere/digits')).toMatchObject({
    code: 0,
    stdout: 'equal\n',
  });
});

describe('what is no whole notebook', () => {
  const withoutCapsule = () => notebook.replace(/<template id="run-record">.*?<\/template>/s, '');

  it.each([
    [
      'a notebook of an earlier version',
      withoutCapsule,
      2,
      'expected the notebook of a run, got one of an earlier version, which does not carry its run; ' +
        'make it again with pnpm report RUN',
    ],
    [
      'one cut off',
      () => notebook.slice(0, 200_000),
      5,
      'expected a whole notebook, got one that ends after 200000 characters, before </html>; ' +
        'copy it again, or make it again with pnpm report RUN',
    ],
    [
      'another page',
      () => '<!doctype html><html><body>Hello</body></html>',
      2,
      'expected the notebook of a run, got another page, or the beginning of one; name the index.html of a run',
    ],
    [
      'a text',
      () => 'Hello',
      2,
      'expected the notebook of a run, got a file that is no page; name the index.html of a run',
    ],
    [
      'a record that is damaged',
      () => notebook.replace('"configuration":{', '"configuration":['),
      5,
      /./,
    ],
  ])('%s', async (_, text, code, message) => {
    write('page.html', text());
    const ended = await verify('page.html');
    expect(ended).toMatchObject({ code, stdout: '' });
    if (typeof message !== 'string') expect(ended.stderr.split('\n')).toHaveLength(2);
    else expect(ended.stderr).toBe(`error: ${path.join(folder, 'page.html')}: ${message}\n`);
  });

  it('a comparison of runs', async () => {
    const { code } = await train(...small, '--seed=8', '--out=second');
    expect(code).toBe(0);
    const words = ['--compare', 'small', 'second', '--out', path.join(folder, 'comparison.html')];
    const compared = await runNode(commandWords('report', ...words), made);
    expect(compared.code, compared.stderr).toBe(0);
    expect(await verify('comparison.html')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        `error: ${path.join(folder, 'comparison.html')}: expected the notebook of a run, ` +
        'got a comparison of runs; name the notebook of one of them\n',
    });
  });
});

describe('a run that began with another’s weights', () => {
  beforeAll(async () => {
    const { code, stderr } = await train(...small, '--from=small', '--out=third');
    expect(code, stderr).toBe(0);
    take('third');
  });

  it('asks for them', async () => {
    expect(await verify('third.html')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        `error: ${path.join(folder, 'third.html')}: expected the weights that this run began with, ` +
        'those of the run small, got none; name the path of that with --from\n',
    });
  });

  it('is trained again from their file', async () => {
    const words = [
      '--data=elsewhere/digits',
      `--from=${path.join(made, 'small/model.safetensors')}`,
    ];
    const { code, stdout, stderr } = await verify('third.html', ...words);
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'equal\n' });
  });

  it('refuses others', async () => {
    const from = path.join(made, 'third/model.safetensors');
    const { code, stderr } = await verify(
      'third.html',
      '--data=elsewhere/digits',
      `--from=${from}`,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: from \S*model\.safetensors: expected the parameters that the run began with, of SHA-256 [\da-f]{64}, got those of [\da-f]{64}; name small$/m,
    );
  });
});
