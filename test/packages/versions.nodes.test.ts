// The installed packages in each version of Node: the same model and notebook of one program, a training by the
// command, and its resume.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRecord } from '@convbook/run';
import { beforeAll, expect, it, vi } from 'vitest';
import { smallRun } from '../harness/faults/small.ts';
import { describeInOtherNodes, nodeOf } from '../harness/nodes/other-nodes.ts';
import { root } from '../run-node.ts';
import { installedPackages, runIn } from './installed.ts';

// Whole trainings, and compilers, in processes of their own.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

/** The files of the small run by 40 epochs. */
const smallModel = '28083440e84938a3c3c05346c57a23b65d9c3b4b8d01d7d5ef3303e4a7d970d5';

const modelOfReadme = '9518b0dbecac2f243ffe82ded5e96bc89cd790c56ae31e0c47ebf32ad9e2a37c';

let project = '';
let bin = '';
let notebook = '';
beforeAll(async () => {
  ({ project } = await installedPackages());
  bin = path.join(project, 'node_modules', 'convbook', 'bin.js');
  const reference = await train(process.execPath, 'by-running', []);
  expect(reference.code, reference.stderr).toBe(0);
  notebook = await notebookBy(process.execPath);
});

// Long enough that a signal comes before its end.
const words = (out: string) => ['train', ...smallRun, '--epochs=40', '--out', out, '--json'];

function train(node: string, out: string, more: readonly string[]) {
  return runIn(project, node, [bin, ...words(out), ...more]);
}

/** The notebook of one run, made by a Node. */
async function notebookBy(node: string): Promise<string> {
  const { code, stderr } = await runIn(project, node, [bin, 'report', 'by-running']);
  expect(code, stderr).toBe(0);
  return readFileSync(path.join(project, 'by-running', 'index.html'), 'utf8');
}

/** Starts a training, and ends it by Ctrl+C. */
async function interrupt(node: string, out: string): Promise<void> {
  const child = spawn(node, [bin, ...words(out)], { cwd: project });
  child.stdout.once('data', () => child.kill('SIGINT'));
  child.stdout.resume();
  child.stderr.resume();
  expect(await once(child, 'close')).toEqual([130, null]);
}

/** How the version of a Node begins. */
function expectedVersion(title: string): string {
  return title === 'the running Node' ? process.version : title.replace('Node ', 'v');
}

describeInOtherNodes('the installed packages', () => {
  // `pnpm test` takes the running Node and the newest, `pnpm test:long` all.
  const others = process.env.CONVBOOK_LONG === '1' ? [22, 24, 26] : [26];
  const versions: [string, string][] = [
    ['the running Node', process.execPath],
    ...others.map((version): [string, string] => [`Node ${version}`, nodeOf(version)]),
  ];

  it.each(versions)(
    '%s trains the small model, resumes it, and makes the same notebook',
    async (title, node) => {
      const out = title.replace(' ', '-');
      const [whole, resumed] = [`${out}-whole`, `${out}-resumed`];
      expect((await train(node, whole, [])).code).toBe(0);
      expect(readRecord(path.join(project, whole)).result?.modelSha256).toBe(smallModel);
      await interrupt(node, resumed);
      const again = ['train', '--resume', `./${resumed}`, '--progress', 'none'];
      expect(await runIn(project, node, [bin, ...again])).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
      });
      const { result, versions } = readRecord(path.join(project, resumed));
      expect(result?.modelSha256).toBe(smallModel);
      expect(`v${versions.node}`).toMatch(expectedVersion(title));
      expect(await notebookBy(node)).toBe(notebook);
    },
  );

  it.each(versions)('%s runs README’s first program', async (title, node) => {
    const folder = path.join(project, `program-${title.replace(' ', '-')}`);
    mkdirSync(folder);
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const program = /```ts\n([^]*?)```/.exec(readme)?.[1] ?? '';
    const own = `${program}console.log(process.version, record.result.modelSha256);\n`;
    writeFileSync(path.join(folder, 'first.mjs'), own);
    const { stdout, stderr } = await runIn(folder, node, ['first.mjs']);
    expect(stderr).toBe('');
    const [version, sha256] = stdout.trim().split('\n')[1].split(' ');
    expect(version).toMatch(expectedVersion(title));
    expect(sha256).toBe(modelOfReadme);
  });
});
