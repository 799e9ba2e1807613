import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { presets } from '@convbook/layers';
import type * as real from '@convbook/runtime';
import { parseModelDescription } from '@convbook/runtime';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainedModel } from '../testing/index.ts';
import { appFormat } from './app-format.ts';
import type * as declared from './assets/convbook-runtime.js';

const { resolve } = createRequire(import.meta.url);
const exported = trainedModel({ ...presets['tf-tutorial'], name: 'a & <b>' });
// A project around the app, whose settings the app's compiler must not take.
const project = mkdtempSync(path.join(tmpdir(), 'convbook-app-'));
writeFileSync(path.join(project, 'package.json'), '{"type":"module"}');
writeFileSync(path.join(project, 'tsconfig.json'), '{"compilerOptions":{"noEmit":true}}');
const folder = path.join(project, 'reports', 'my-run', 'export', 'app');
mkdirSync(folder, { recursive: true });
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
afterAll(() => rmSync(project, { recursive: true, force: true }));

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
    'tsconfig.json',
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
  skipDefaultLibCheck: true,
  // What a project may ask for beyond that.
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
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

test('the command of its README compiles app.ts inside a project', () => {
  const [, command, own] = /`(npx -p typescript tsc(.*?))`/.exec(text('README.md')) ?? [];
  expect(text('app.ts')).toContain(`//   ${command}\n`);
  writeFileSync(path.join(folder, 'app.ts'), text('app.ts'));
  rmSync(path.join(folder, 'app.js'));
  const words = [resolve('typescript/bin/tsc'), ...own.split(' ').filter(Boolean)];
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
  expect(readFileSync(path.join(folder, 'app.js'), 'utf8')).toContain('model.predict(pixels)');
});

/** The exported names of a module, each with the names of its properties. */
function namesOf(program: ts.Program, file: string): Map<string, string[]> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  const properties = symbols.map((symbol): [string, string[]] => {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    const isType = (target.flags & ts.SymbolFlags.Type) !== 0;
    const type = isType ? checker.getDeclaredTypeOfSymbol(target) : checker.getTypeOfSymbol(target);
    return [symbol.name, type.getProperties().map(({ name }) => name)];
  });
  return new Map(properties.map(([name, list]) => [name, list.toSorted()]));
}

test('the types of the runtime have all that it exports', async () => {
  const real = resolve('@convbook/runtime/browser');
  const declared = path.join(folder, 'convbook-runtime.d.ts');
  const program = ts.createProgram([real, declared], {
    ...strict,
    allowImportingTsExtensions: true,
  });
  const names = namesOf(program, declared);
  expect(names.get('LoadedModel')).toContain('isVerified');
  expect(Object.fromEntries(names)).toEqual(Object.fromEntries(namesOf(program, real)));
  const address = pathToFileURL(path.join(folder, 'convbook-runtime.js')).href;
  const module = (await import(/* @vite-ignore */ address)) as object;
  expect([...names.keys()]).toEqual(expect.arrayContaining(Object.keys(module)));
});

test('the types of the runtime are those that it has', () => {
  type Real = typeof real;
  type Declared = typeof declared;
  // The compiler compares them. A layer's own settings are not declared, so a declared run may be no real one.
  const asDeclared = (all: Omit<Real, 'describeModel'>): Omit<Declared, 'describeModel'> => all;
  const runAsDeclared = (run: real.DescribedRun): declared.DescribedRun => run;
  expect([asDeclared, runAsDeclared]).toHaveLength(2);
});

test('the runtime is one file that imports nothing', () => {
  expect(/\bimport\s*[\w{*("']/.test(text('convbook-runtime.js'))).toBe(false);
});
