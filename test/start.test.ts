// The commands as `pnpm` starts them: from a bundle of their sources.
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { root, runNode, scriptWords } from './run-node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-start-'));
  writeSmall(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (words: string[], cwd = root) => runNode(words, folder, { cwd });

const start = path.join(root, 'scripts/start.mjs');

it('a run from the bundle has the bytes of a run from the sources, and a notebook', async () => {
  const words = [...smallRun, '--workers', '2', '--progress', 'none'];
  const [bundled, sources] = await Promise.all([
    run([start, 'train', ...words, '--out', 'bundled']),
    run([...scriptWords('train.ts'), ...words, '--out', 'sources']),
  ]);
  expect(bundled).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(sources).toEqual(bundled);
  for (const name of ['model.safetensors', 'metrics.ndjson', 'samples.safetensors']) {
    const file = (from: string) => readFile(path.join(folder, from, name));
    expect((await file('bundled')).equals(await file('sources'))).toBe(true);
  }
  expect(await readdir(path.join(folder, 'bundled'))).toContain('index.html');
});

it('a user’s own model, in TypeScript', async () => {
  const text = `import { defineModel, dense, flatten } from '@convbook/layers';
    export default defineModel({ input: [1, 2, 2], layers: [flatten(), dense({ units: 3 })] });`;
  await writeFile(path.join(folder, 'my.ts'), text);
  // Where a model file finds the packages.
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const { code, stdout } = await run([start, 'summary', './my.ts']);
  expect(code).toBe(0);
  expect(stdout).toContain('15 parameters');
});

it('wrong usage: 2', async () => {
  const { code, stderr } = await run([start, 'verify']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "error: missing required argument 'run'\n",
  });
});

it('a changed source runs as it is now, also where the installation cannot be written', async () => {
  const copy = path.join(folder, 'workspace');
  const copied = (from: string) => !/node_modules|core.build/.test(path.relative(root, from));
  for (const part of ['scripts', 'packages', 'test/harness', 'pnpm-lock.yaml']) {
    await cp(path.join(root, part), path.join(copy, part), { recursive: true, filter: copied });
  }
  const packages = (await readdir(path.join(root, 'packages'))).map((name) => `packages/${name}`);
  for (const part of packages) {
    const modules = path.join(part, 'node_modules');
    await symlink(path.join(root, modules), path.join(copy, modules));
  }
  await cp(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => !/\.(pnpm|cache|vite)/.test(from),
  });
  await symlink(path.join(root, 'node_modules/.pnpm'), path.join(copy, 'node_modules/.pnpm'));
  // Git leaves this of a package that only another branch has.
  await mkdir(path.join(copy, 'packages/left/node_modules'), { recursive: true });
  const summary = path.join(copy, 'scripts/summary.ts');
  const say = (what: string) => writeFile(summary, `process.stdout.write('${what}');`);
  for (const what of ['one', 'other', 'one']) {
    await say(what);
    const { stdout, stderr } = await run([path.join(copy, 'scripts/start.mjs'), 'summary'], copy);
    expect({ stdout, stderr }).toEqual({ stdout: what, stderr: '' });
  }
  // No folder can be made in a file, by root either.
  const cache = path.join(copy, 'node_modules/.cache');
  await rm(cache, { recursive: true });
  await writeFile(cache, '');
  const temporary = path.join(folder, 'temporary');
  await mkdir(temporary);
  const elsewhere = await runNode([path.join(copy, 'scripts/start.mjs'), 'summary'], folder, {
    cwd: copy,
    environment: { TMPDIR: temporary },
  });
  expect(elsewhere).toEqual({ code: 0, stdout: 'one', stderr: '' });
  expect(await readdir(temporary)).toEqual([expect.stringMatching(/^convbook-cache-/)]);
  const nowhere = await runNode([path.join(copy, 'scripts/start.mjs'), 'summary'], folder, {
    cwd: copy,
    environment: { TMPDIR: cache },
  });
  expect(nowhere).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: cache: expected ${cache}/convbook or ${cache} to be a folder that can be written, got ENOTDIR; set TMPDIR to one\n`,
  });
});
