// The installed command does what the workspace's does: options, exit codes, bytes, notebooks.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportFormats } from '@convbook/export';
import { readRecord } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory, temporaryFolder } from '@convbook/run/testing/folders';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { commandWords } from '../harness/command-words.ts';
import { smallRun } from '../harness/faults/small.ts';
import { root, runNode } from '../run-node.ts';
import { installedPackages, runIn } from './installed.ts';

// Whole trainings, and compilers, in processes of their own.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

const elsewhere = temporaryDirectory();
let project = '';
beforeAll(async () => {
  ({ project } = await installedPackages());
});

/** npx says where it was started, which is not the folder that a project's script means. */
const misleading = { INIT_CWD: elsewhere };
const convbook = (...words: string[]) => runIn(project, 'npx', ['convbook', ...words], misleading);
const pnpm = (command: string, ...words: string[]) =>
  runNode(commandWords(command, ...words), project);
const asInstalled = (text: string) => text.replace('pnpm ', 'npx convbook ');

/** A notebook without its link to the list of runs. */
const withoutList = (page: string) =>
  page.replace(/<a [^>]*href="\.\.\/index\.html"[^]*?<\/a> · /, '');

/** The content of a file, or of the files of a folder by their names. */
function filesIn(place: string): Map<string, Buffer> {
  if (statSync(place).isFile()) return new Map([['', readFileSync(place)]]);
  const names = readdirSync(place).sort();
  return new Map(names.map((name) => [name, readFileSync(path.join(place, name))]));
}

describe('npx convbook', () => {
  it('lists its commands and says its version', async () => {
    const [help, nothing, version] = await Promise.all(
      [['--help'], [], ['--version']].map((words) => convbook(...words)),
    );
    expect([help.code, help.stderr]).toEqual([0, '']);
    expect(nothing).toEqual(help);
    const files = readdirSync(path.join(root, 'packages', 'convbook', 'src', 'commands'));
    const names = [...help.stdout.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
    const manifest = readFileSync(path.join(root, 'packages/convbook/package.json'), 'utf8');
    expect(version.stdout).toBe(`${(JSON.parse(manifest) as { version: string }).version}\n`);
  });

  it('refuses an unknown command with 2', async () => {
    const { code, stderr } = await convbook('trian');
    expect([code, stderr]).toEqual([2, "error: unknown command 'trian'\n(Did you mean train?)\n"]);
  });

  it('train: the model of the same command in the workspace, in reports/ of the project', async () => {
    const words = ['--limit', '2000', '--epochs', '1', '--progress', 'none'];
    const ended = await convbook('train', ...words);
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    const [run] = readdirSync(path.join(project, 'reports')).filter(
      (name) => name !== 'index.html',
    );
    const installedRun = path.join(project, 'reports', run);
    const out = path.join(temporaryFolder(), 'run');
    expect((await pnpm('train', ...words, '--out', out)).code).toBe(0);
    const [own, workspace] = [installedRun, out].map((directory) => readRecord(directory));
    expect(own.result?.modelSha256).toBe(workspace.result?.modelSha256);
    expect(own.command).toBe(asInstalled(workspace.command));
    expect(readFileSync(path.join(project, 'reports', 'index.html'), 'utf8')).toContain(run);
    expect((await convbook('report', run)).code).toBe(0);
    const notebook = readFileSync(path.join(installedRun, 'index.html'), 'utf8');
    expect((await pnpm('report', installedRun)).code).toBe(0);
    // The same run by the other command: the page differs in how the command is typed, and in the list
    // of runs: reports/ of the project is not that of the workspace.
    const again = readFileSync(path.join(installedRun, 'index.html'), 'utf8');
    const pages = [again.replace('>pnpm verify', '>npx convbook verify'), notebook];
    const [here, there] = pages.map(withoutList);
    expect(here === there).toBe(true);
  });

  it('takes a model in TypeScript', async () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const source = /In `my-model\.ts`:\n\n```ts\n([^]*?)```/.exec(readme)?.[1] ?? '';
    writeFileSync(path.join(project, 'my-model.ts'), `${source}export enum Unused { Value }\n`);
    const [own, workspace] = await Promise.all([
      convbook('summary', './my-model.ts'),
      pnpm('summary', path.join(project, 'my-model.ts')),
    ]);
    expect(own.code).toBe(0);
    expect(own.stdout).toContain('conv1');
    expect(own).toEqual(workspace);
  });

  const names = ['train', 'report', 'predict', 'verify', 'summary', 'data', 'export', 'lessons'];
  it.each(names)('%s --help says what it says in the workspace', async (name) => {
    const [own, workspace] = await Promise.all([convbook(name, '--help'), pnpm(name, '--help')]);
    const asHere = workspace.stdout
      .replaceAll(/pnpm (?:-s )?/g, 'convbook ')
      .replace(/ Under\n {2}another Node[^]*?typed, CONVBOOK/, '\n  CONVBOOK')
      .replace('off the narrow', 'off keeps the narrow');
    const words = (text: string) => text.split(/\s+/);
    expect(words(own.stdout)).toEqual(words(asHere));
    expect(own.code).toBe(0);
  });

  it('lessons: the page of the workspace', async () => {
    const out = path.join(temporaryFolder(), 'pooling.html');
    const words = ['--only', 'pooling', '--out', out];
    expect((await convbook('lessons', ...words)).code).toBe(0);
    // Where there is a run, a lesson leads to it: each command looks into its own reports/.
    const withoutRun = () =>
      readFileSync(out, 'utf8').replace(/<p>\s*<a href="[^"]*index\.html#[^]*?<\/p>/, '');
    const page = withoutRun();
    expect((await pnpm('lessons', ...words)).code).toBe(0);
    expect(page.length).toBeGreaterThan(100_000);
    expect(page === withoutRun()).toBe(true);
  });

  it.each(Object.keys(exportFormats))(
    'export --format %s: the files of the workspace',
    async (format) => {
      const run = path.join(temporaryFolder(), 'run');
      writeSyntheticRun(run);
      const exported = async (command: typeof convbook) => {
        const out = path.join(temporaryFolder(), 'exported');
        const { code, stderr } = await command('export', run, '--format', format, '--out', out);
        expect(code, stderr).toBe(0);
        return filesIn(out);
      };
      const own = await exported(convbook);
      const workspace = await exported((command, ...words) => pnpm(command, ...words));
      expect([...own.keys()]).toEqual([...workspace.keys()]);
      for (const [name, bytes] of own) {
        const there = workspace.get(name) ?? Buffer.of();
        const isSame = name.endsWith('.py')
          ? bytes.toString() === asInstalled(there.toString())
          : bytes.equals(there);
        expect(isSame, name).toBe(true);
      }
    },
  );

  it.each([
    [2, ['train', '--epochs', 'many']],
    [3, ['data', './nothing-here']],
    [2, ['predict', 'no-run']],
  ])('ends with %i: %j', async (code, words) => {
    const own = await convbook(...words);
    const [name, ...rest] = words;
    const workspace = await pnpm(name, ...rest);
    expect([own.code, workspace.code]).toEqual([code, code]);
    if (name !== 'predict') expect(own.stderr).toBe(workspace.stderr);
  });
});

/** A run long enough to be interrupted. */
const longRun = (out: string) => [
  'train',
  ...smallRun,
  '--epochs',
  '1000',
  '--out',
  out,
  '--json',
  '--progress',
  'none',
];

const bin = () => path.join(project, 'node_modules', 'convbook', 'bin.js');

it('Ctrl+C ends with 130 after saving', async () => {
  const child = spawn(process.execPath, [bin(), ...longRun('interrupted')], { cwd: project });
  child.stdout.once('data', () => child.kill('SIGINT'));
  child.stdout.resume();
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(readRecord(path.join(project, 'interrupted')).status).toBe('interrupted');
});

it('a reader that leaves does not end the run', async () => {
  const words = ['train', ...smallRun, '--out', 'unread', '--json'];
  const child = spawn(process.execPath, [bin(), ...words], { cwd: project });
  child.stdout.once('data', () => child.stdout.destroy());
  child.stderr.resume();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(readRecord(path.join(project, 'unread')).status).toBe('complete');
});

it('decoded pictures are kept with the installation', async () => {
  for (const [className, brightest] of [
    ['dark', 90],
    ['light', 250],
  ] as const) {
    mkdirSync(path.join(project, 'photos', className), { recursive: true });
    for (let i = 0; i < 12; i++) {
      const background = { r: brightest - i, g: brightest - 2 * i, b: brightest };
      const picture = sharp({ create: { width: 16, height: 16, channels: 3, background } });
      await picture.png().toFile(path.join(project, 'photos', className, `${i}.png`));
    }
  }
  const { code, stderr } = await convbook('data', './photos');
  expect(code, stderr).toBe(0);
  const kept = readdirSync(path.join(project, 'node_modules', '.cache', 'convbook'));
  expect(kept).toEqual(['pictures']);
});
