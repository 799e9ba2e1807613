import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = path.join(import.meta.dirname, '..');
const pass = "it('passes', () => {});";
const skip = "describe.skip('pages (there is no browser)', () => { it('opens', () => {}); });";
const browserSkip = { 'a.test.ts': pass, 'page.browser.test.ts': skip };
const nodesSkip = {
  'a.test.ts': pass,
  'same.nodes.test.ts':
    "describe.skip('bytes (not installed)', () => { it('are equal', () => {}); });",
};
const remedy = [
  'Skipped:',
  '  page.browser.test.ts: pages (there is no browser), tests: 1',
  'To run the browser tests, install Chromium (Debian: apt-get install chromium).',
];

interface Row {
  title: string;
  files: Record<string, string>;
  typed?: string[];
  environment?: Record<string, string>;
  exitCode: 0 | 1;
  /** The end of what is printed. */
  lines: string[];
}

const rows: Row[] = [
  { title: 'a pass', files: { 'a.test.ts': pass }, exitCode: 0, lines: ['1 passed, 0 failed'] },
  {
    title: 'a failure',
    files: { 'a.test.ts': `${pass} it('fails', () => { expect(1).toBe(2); });` },
    exitCode: 1,
    lines: ['1 passed, 1 failed'],
  },
  {
    title: 'files that do not load, have no test, or end their process',
    files: {
      'a.test.ts': pass,
      'syntax.test.ts': 'it(',
      'import.test.ts': "import './missing.ts';",
      'empty.test.ts': '',
      'dies.test.ts': "it('dies', () => { process.kill(process.pid, 'SIGKILL'); });",
    },
    exitCode: 1,
    // A process that ends counts twice: the test that had not finished, and the error.
    lines: ['1 passed, 5 failed'],
  },
  {
    title: 'a hook that throws',
    files: { 'a.test.ts': `beforeAll(() => { throw new Error('no'); }); ${pass}` },
    exitCode: 1,
    lines: ['0 passed, 1 failed, 1 skipped'],
  },
  {
    title: 'a test that passes when it is tried again, which is named',
    files: {
      'a.test.ts': `${pass} let tries = 0;
        describe('group', () => { it('is late', { retry: 1 }, () => { expect(++tries).toBe(2); }); });`,
    },
    exitCode: 0,
    lines: ['Passed at a second try: a.test.ts: group > is late', '2 passed, 0 failed'],
  },
  {
    title: 'a test that fails again',
    files: { 'a.test.ts': `${pass} it('fails', { retry: 1 }, () => { expect(1).toBe(2); });` },
    exitCode: 1,
    lines: ['', '1 passed, 1 failed'],
  },
  {
    title: 'an unhandled rejection',
    files: { 'a.test.ts': `${pass} void Promise.reject(new Error('lost'));` },
    exitCode: 1,
    lines: ['1 passed, 1 failed'],
  },
  {
    title: 'skipped browser tests',
    files: browserSkip,
    exitCode: 0,
    lines: [...remedy, '1 passed, 0 failed, 1 skipped'],
  },
  {
    title: 'skipped browser tests where a browser is required',
    files: browserSkip,
    environment: { CONVBOOK_REQUIRE_BROWSER: '1' },
    exitCode: 1,
    lines: [
      ...remedy,
      'CONVBOOK_REQUIRE_BROWSER is set: skipped browser tests are a failure.',
      '1 passed, 1 failed, 1 skipped',
    ],
  },
  {
    title: 'skipped tests in other Nodes where they are required',
    files: nodesSkip,
    environment: { CONVBOOK_REQUIRE_NODES: '1' },
    exitCode: 1,
    lines: [
      'Skipped:',
      '  same.nodes.test.ts: bytes (not installed), tests: 1',
      'To run the tests in other Nodes, run npm ci --ignore-scripts in test/nodes (Linux, x86-64).',
      'CONVBOOK_REQUIRE_NODES is set: skipped tests in other Nodes are a failure.',
      '1 passed, 1 failed, 1 skipped',
    ],
  },
  {
    title: 'a path that matches no file, after a lone --',
    files: { 'a.test.ts': pass },
    typed: ['--', 'packages/nope'],
    exitCode: 1,
    lines: ['No test was run.', '0 passed, 1 failed'],
  },
];

/** Runs `pnpm test` on a folder with these files. */
function runTests(folder: string, { files, typed = [], environment = {} }: Row) {
  for (const [name, text] of Object.entries(files)) {
    const imports = "import { beforeAll, describe, expect, it } from 'vitest';";
    writeFileSync(path.join(folder, name), text && `${imports}\n${text}\n`);
  }
  const ours = /^(VITEST|CONVBOOK)/;
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const words = ['--import', 'tsx', 'scripts/test.ts', ...typed, '--root', folder];
  const env = { ...Object.fromEntries(inherited), ...environment };
  return new Promise<{ stdout: string; status: unknown }>((resolve) => {
    execFile(process.execPath, words, { cwd: repository, env }, (error, stdout) =>
      resolve({ stdout, status: error ? error.code : 0 }),
    );
  });
}

describe.concurrent('pnpm test ends with the count', () => {
  let parent = '';
  beforeAll(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'convbook-test-'));
  });
  afterAll(() => rmSync(parent, { recursive: true }));

  it.each(rows)('$title', async (row) => {
    const folder = mkdtempSync(path.join(parent, 'row-'));
    mkdirSync(path.join(folder, 'node_modules'));
    const vitest = path.join('node_modules', 'vitest');
    symlinkSync(path.join(repository, vitest), path.join(folder, vitest));
    const { stdout, status } = await runTests(folder, row);
    expect(stdout.trimEnd().split('\n').slice(-row.lines.length)).toEqual(row.lines);
    expect(status).toBe(row.exitCode);
  });
});
