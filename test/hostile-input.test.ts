// Hostile files and names on the command line: one line on stderr, the exit code of what is wrong.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { dense, flatten } from '@convbook/layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSyntheticRun } from '@convbook/run/testing';
import { chooseModel } from 'convbook/choose';
import { writeSmall } from './harness/faults/small.ts';
import { commandWords } from './harness/command-words.ts';
import { runNode } from './run-node.ts';

const advice = 'train again, or restore the run directory from a copy';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);

const refusal = (code: number, message: string) => ({
  code,
  stdout: '',
  stderr: `error: ${message}\n`,
});

describe('a model file', () => {
  const rows: [title: string, source: string, message: string][] = [
    [
      'no default export',
      'export const model = 1;',
      'expected `export default defineModel({ input, layers })`, got no default export',
    ],
    [
      'a file that throws',
      "throw new Error('not today');",
      'expected a file that can be evaluated, got Error: not today; correct it',
    ],
    [
      'a promise',
      'export default Promise.resolve({ input: [1], layers: [] });',
      'model: expected what defineModel({ input, layers }) gives, got an object',
    ],
    [
      'a layer that is not called',
      "const relu = () => ({ kind: 'relu' }); export default { input: [1, 28, 28], layers: [relu] };",
      'model.layers[0]: expected a layer such as dense({ units: 10 }), got a function; put () after its name',
    ],
    [
      'a setting that is missing',
      "export default { input: [1, 28, 28], layers: [{ kind: 'conv2d', filters: 3 }] };",
      'model.layers[0].kernelSize: expected a number or [height, width], got nothing',
    ],
    [
      'a default export that never answers',
      'export default { then() {} };',
      'model.then: expected a number, text, true, false, null, or a list or object of those, got a function; put () after its name',
    ],
    [
      'layers without end',
      'export default { input: [1, 28, 28], layers: new Array(4e9) };',
      'model.layers: expected a list of layers, of at most 1000 items, got a list of 4000000000',
    ],
    [
      'more than memory',
      "export default { input: [1, 28, 28], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 1e12 }] };",
      'model: expected at most 4 GiB for its parameters, their gradients and four samples, got 5860000 GiB, of which 5860000 GiB in dense1; take fewer filters or units, or a smaller input',
    ],
  ];
  const write = (title: string, source: string) => {
    const file = path.join(folder, `${title.replaceAll(' ', '-')}.mjs`);
    writeFileSync(file, source);
    return file;
  };

  it.each(rows)('refuses %s', async (title, source, message) => {
    const file = write(title, source);
    await expect(chooseModel(file)).rejects.toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        message: `--model ${file}: ${message}`,
      }),
    );
  });

  it('ends with 2, and no run is begun', async () => {
    const file = write('typed', 'export default { input: [1, 28, 28], layers: 5 };');
    const message = `--model ${file}: model.layers: expected a list of layers, got 5`;
    const ended = await run('train', '--model', file, '--out', 'never');
    expect(ended).toEqual(refusal(2, message));
    expect(existsSync(path.join(folder, 'never'))).toBe(false);
  });
});

describe('texts that would steer a terminal', () => {
  // ESC and CSI begin commands, BEL rings, the last turns the direction of what follows.
  const steering = 'a\u001b[2J\u009b31m\u0007\u202e\nb';
  const shown = 'a\\u{1b}[2J\\u{9b}31m\\u{7}\\u{202e}\\u{a}b';
  const write = (file: string) => {
    const layers = [flatten(), dense({ units: 3 })];
    const model = JSON.stringify({ name: steering, input: [1, 10, 10], layers });
    writeFileSync(path.join(folder, file), `export default ${model};\n`);
  };

  it('in a model, a folder and a path are shown, and not sent', async () => {
    write('steering.mjs');
    writeSmall(folder);
    const out = path.join(folder, steering);
    const words = ['--model', 'steering.mjs', '--data', 'blobs', '--epochs', '1', '--out', out];
    const { code, stderr } = await run('train', ...words, '--workers', '1');
    expect(code).toBe(0);
    expect(stderr).toContain(`${shown}, 303 parameters, on blobs: `);
    expect(stderr).toContain(`\n${path.join(folder, shown)}\n`);
    const again = await run('report', steering);
    expect({ code: again.code, file: again.stdout }).toEqual({
      code: 0,
      file: `${pathToFileURL(path.join(out, 'index.html')).href}\n`,
    });
    for (const text of [stderr, again.stderr]) expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
  });

  it('in what pnpm summary and an error say', async () => {
    write('summary.mjs');
    const { code, stdout } = await run('summary', 'summary.mjs');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe(`${shown}, input 1×10×10, 2 layers`);
    const refused = await run('report', 'nowhere\u009b');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^error: RUN: .* got "nowhere\\u\{9b\}"; .*\n$/);
  });
});

describe('a run.json from anywhere', () => {
  const record = (name: string, change: (text: string) => string) => {
    const directory = writeSyntheticRun(path.join(folder, name), {
      status: 'interrupted',
      steps: 0,
    });
    const file = path.join(directory, 'run.json');
    rmSync(path.join(directory, 'dataset.json'));
    writeFileSync(file, change(JSON.stringify(JSON.parse(readFileSync(file, 'utf8')))));
    return file;
  };

  it('that says a key twice: 5', async () => {
    const file = record('twice', (text) => text.replace('"seed":1', '"seed":1,"seed":2'));
    const message = `${file}: expected each key once, got "seed" twice; ${advice}`;
    expect(await run('report', 'twice')).toEqual(refusal(5, message));
    expect(await run('train', '--resume', 'twice')).toEqual(refusal(5, message));
  });

  it('whose data lie elsewhere: 5 before anything is read there', async () => {
    const file = record('elsewhere', (text) => text.replaceAll('"mnist"', '"../../etc"'));
    const message = `${file}: expected data.name to be a name without / or \\, got "../../etc"; ${advice}`;
    expect(await run('train', '--resume', 'elsewhere')).toEqual(refusal(5, message));
  });

  it('nested a hundred thousand deep: 5', async () => {
    const file = record('deep', (text) =>
      text.replace('"mnist"', '['.repeat(1e5) + ']'.repeat(1e5)),
    );
    const message = `${file}: expected JSON nested at most 32 deep, got more; ${advice}`;
    expect(await run('report', 'deep')).toEqual(refusal(5, message));
  });

  it('that is a folder: 5', async () => {
    const file = path.join(folder, 'folder', 'run.json');
    mkdirSync(file, { recursive: true });
    const message = `${file}: expected a file, got a folder, pipe or device; ${advice}`;
    expect(await run('report', 'folder')).toEqual(refusal(5, message));
    expect(await run('train', '--resume', 'folder')).toEqual(refusal(5, message));
  });
});
