import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { presets } from '@convbook/layers';
import type { loadModel } from '@convbook/runtime';
import { parseModelDescription } from '@convbook/runtime';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainedModel } from '../testing/index.ts';
import { appFormat } from './app-format.ts';
import type { loadModel as declaredLoadModel } from './assets/convbook-runtime.js';

const exported = trainedModel({ ...presets['tf-tutorial'], name: 'a & <b>' });
const folder = mkdtempSync(path.join(tmpdir(), 'convbook-app-'));
const texts = new Map<string, string>();

beforeAll(async () => {
  const options = { withPreprocessing: false, output: 'logits' } as const;
  for (const { path: name, bytes } of await appFormat.files(exported, options)) {
    writeFileSync(path.join(folder, name), bytes);
    texts.set(name, Buffer.from(bytes).toString());
    if (name !== 'model.safetensors') continue;
    expect(Buffer.compare(bytes, exported.weightsFile())).toBe(0);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (name: string) => texts.get(name) ?? '';

test('has these files', () => {
  expect([...texts.keys()].sort()).toEqual([
    'README.md',
    'app.js',
    'app.ts',
    'convbook-runtime.d.ts',
    'convbook-runtime.js',
    'index.html',
    'model.json',
    'model.safetensors',
  ]);
});

test('model.json is the description of the model, with the SHA-256 of its weights', () => {
  const { weightsSha256, classNames } = parseModelDescription(JSON.parse(text('model.json')));
  expect(classNames).toEqual(exported.record.data.classNames);
  expect(weightsSha256).toBe(createHash('sha256').update(exported.weightsFile()).digest('hex'));
});

test('names stay text in the page, and its policy has the hash of its script', () => {
  const page = text('index.html');
  expect(page).toContain('<title>mnist · a &amp; &lt;b&gt;</title>');
  expect(page).not.toMatch(/\{\w+\}/);
  const [, script] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
  const hash = createHash('sha256').update(script).digest('base64');
  expect(page).toContain(`'sha256-${hash}'`);
});

const strict: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};

/** The compiler's complaints about app.ts, as an editor shows them, with one piece of text replaced. */
function complaints(from = '', to = ''): string[] {
  const source = text('app.ts');
  writeFileSync(path.join(folder, 'app.ts'), source.replace(from, to));
  const program = ts.createProgram([path.join(folder, 'app.ts')], strict);
  const found = ts.getPreEmitDiagnostics(program);
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('app.ts type-checks beside the types of the runtime', () => {
  expect(complaints()).toEqual([]);
  expect(complaints('one.className', 'one.name')).toEqual([
    "Property 'name' does not exist on type 'ClassProbability'.",
  ]);
});

test('app.js is app.ts compiled', () => {
  const { ES2022 } = ts.ScriptTarget;
  const compilerOptions = { target: ES2022, module: ts.ModuleKind.ESNext };
  const compiled = (source: string) => ts.transpileModule(source, { compilerOptions }).outputText;
  // Blank lines and the length of lines are prettier's.
  const plain = (source: string) => source.replaceAll(/[\s,]+/g, ' ');
  expect(plain(compiled(text('app.js')))).toBe(plain(compiled(text('app.ts'))));
});

test('the types of the runtime are those that it has', () => {
  // The compiler compares them.
  const asDeclared = (real: typeof loadModel): typeof declaredLoadModel => real;
  expect(asDeclared).toBeTypeOf('function');
});

test('the runtime is one file that imports nothing', () => {
  expect(/\bimport\s*[\w{*("']/.test(text('convbook-runtime.js'))).toBe(false);
});
