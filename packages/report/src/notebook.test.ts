import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as layers from '@convbook/layers';
import * as report from './index.ts';
import { pageSources, pageText } from './testing/page-text.ts';
import type { RunSettings } from './testing/synthetic-record.ts';
import { writeSyntheticRun } from './testing/synthetic-run.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

const root = temporaryDirectory();
const hostile = '</script><img src=x onerror=alert(1)>';

async function notebookOf(name: string, options: Partial<RunSettings>) {
  return readFileSync(
    await report.writeNotebook(writeSyntheticRun(join(root, name), options)),
    'utf8',
  );
}

function headings(page: string): string[] {
  return [...page.matchAll(/<h2.*?<\/h2>/gs)].map(([heading]) =>
    pageText(heading).replaceAll(/\s+/g, ' ').replace('#', '').trim(),
  );
}

describe('the notebook of a complete run', () => {
  const directory = join(root, 'whole');
  let page: string;
  beforeAll(async () => {
    page = await notebookOf('whole', {});
  });

  test('has every cell, numbered', () => {
    expect(headings(page)).toEqual([
      '1 Result',
      '2 Data',
      '3 Model',
      '4 Training',
      '5 First-layer filters',
      '6 Confusion matrix',
      '7 The worst mistakes',
      '8 Configuration and environment',
    ]);
  });

  test('has the same bytes when made again, and leaves nothing else behind', async () => {
    const again = readFileSync(await report.writeNotebook(directory), 'utf8');
    expect(again === page).toBe(true);
    expect(readdirSync(directory).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  test('stays below 3 MB', () => {
    expect(statSync(join(directory, 'index.html')).size).toBeLessThan(3_000_000);
  });

  test('names no address and has the policy with the hash of its one script', () => {
    const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; script-src 'sha256-${hash}' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/https?:\/\//);
  });

  test('has each id once', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('shows the counts and the accuracy of run.json', () => {
    const text = pageText(page);
    expect(text).toContain('97.67%');
    expect(text).toContain('95% interval 96.12% to 98.61%');
    expect(text).toContain('Confusion matrix over 600 test images');
  });

  test('puts no space before punctuation', () => {
    expect(
      pageText(page.replaceAll(/<(pre|svg).*?<\/\1>/gs, '')).match(/\w+\s+[.,;:](?=\s)/g),
    ).toBeNull();
  });

  test('the code under each cell runs', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const table = vi.spyOn(console, 'table').mockReturnValue();
    const [model, ...sources] = pageSources(page).sort(
      (a, b) => Number(b.includes('defineModel')) - Number(a.includes('defineModel')),
    );
    expect(await run(model.replace('export default', 'return'), layers)).toEqual({
      name: 'simple-convnet',
      input: [1, 28, 28],
      layers: report.readRun(directory).record.model.layers,
    });
    for (const source of sources) {
      log.mockClear();
      table.mockClear();
      await run(source.replace("'reports/whole'", JSON.stringify(directory)), report);
      expect(log.mock.calls.length + table.mock.calls.length, source).toBeGreaterThan(0);
    }
    expect(sources.length).toBe(6);
    vi.restoreAllMocks();
  });
});

/** Runs a program whose imports are the given module's exports. */
async function run(source: string, module: object): Promise<unknown> {
  const body = source.replace(/import \{(.*?)\} from '[^']*';/s, 'const {$1} = module;');
  const program = new Function('module', `return (async () => { ${body} })();`) as (
    module: object,
  ) => Promise<unknown>;
  return program(module);
}

describe('other runs', () => {
  test('hostile class names stay text', async () => {
    const page = await notebookOf('hostile', { classNames: ['plain', hostile] });
    expect(page).not.toContain('<img src=x');
    expect(pageText(page)).toContain(`${hostile} called plain`);
    expect(page.match(/<\/script>/g)).toHaveLength(1);
  });

  test('an interrupted run leaves out what it lacks', async () => {
    const page = await notebookOf('cut', { status: 'interrupted', steps: 50 });
    expect(headings(page).map((heading) => heading.slice(2))).toEqual([
      'Result',
      'Data',
      'Model',
      'Training',
      'First-layer filters',
      'Configuration and environment',
    ]);
    expect(pageText(page).replaceAll(/\s+/g, ' ')).toContain(
      'This run was interrupted, after step 50 of 120.',
    );
  });

  test('a run without a step has a notebook too', async () => {
    const page = await notebookOf('begun', { status: 'running', steps: 0 });
    expect(pageText(page)).toContain('before its first step');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each([
    ['colour images and large filters', { input: [3, 40, 60], filters: 4, kernelSize: 11 }],
    ['many channels', { input: [6, 30, 30], filters: 3 }],
    [
      'more classes than a matrix can show',
      { classNames: Array.from({ length: 50 }, (_, k) => `class ${k}`) },
    ],
    ['one epoch of one step', { epochs: 1, stepsPerEpoch: 1 }],
  ])('%s', async (name, options) => {
    const page = await notebookOf(name, options);
    expect(headings(page).length).toBe(8);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
