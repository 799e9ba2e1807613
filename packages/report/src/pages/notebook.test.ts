import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as layers from '@convbook/layers';
import { pageSources, pageText } from '@convbook/page/testing';
import type { DatasetRecord } from '@convbook/run';
import { writeSyntheticRun, type RunSettings } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import * as runtime from '@convbook/runtime/network';
import * as runtimeExplain from '@convbook/runtime/explain';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as report from '../index.ts';

const root = temporaryDirectory();
const hostile = '</script><img src=x onerror=alert(1)>';

async function notebookOf(name: string, options: Partial<RunSettings>) {
  return readFileSync(
    await report.writeNotebook(writeSyntheticRun(join(root, name), options)),
    'utf8',
  );
}

function headings(page: string): string[] {
  return [...page.matchAll(/<h2 id="[\w-]+-title">.*?<\/h2>/gs)].map(([heading]) =>
    pageText(heading).replaceAll(/\s+/g, ' ').replace('#', '').trim(),
  );
}

test('the notebook shows how training images were varied, where they were', async () => {
  const directory = writeSyntheticRun(join(root, 'augmented'), {});
  const file = join(directory, 'dataset.json');
  const dataset = JSON.parse(readFileSync(file, 'utf8')) as DatasetRecord;
  const views = [dataset.meanImages[0], dataset.meanImages[1]];
  writeFileSync(file, JSON.stringify({ ...dataset, augmented: [views, views] }));
  const page = readFileSync(await report.writeNotebook(directory), 'utf8');
  const names = [...page.matchAll(/alt="(Training image [^"]*)"/g)].map(([, name]) => name);
  expect(names).toEqual([
    'Training image 0, original',
    'Training image 0, epoch 1',
    'Training image 1, original',
    'Training image 1, epoch 1',
  ]);
  expect(pageText(page).replaceAll(/\s+/g, ' ')).toContain('Test images are never changed.');
});

describe('the notebook of a complete run', () => {
  const directory = join(root, 'whole');
  let page: string;
  beforeAll(async () => {
    page = await notebookOf('whole', {});
  });

  test('has every cell, numbered', () => {
    expect(headings(page)).toEqual([
      '1 Result',
      '2 Try it',
      '3 Mistakes',
      '4 Confusion matrix',
      '5 A map of the images',
      '6 Filters',
      '7 Feature maps',
      '8 How was this pixel computed?',
      '9 Training',
      '10 Data',
      '11 Model',
      '12 How far its confidence can be trusted',
      '13 Why it says so',
      '14 Settings',
      '15 Terms',
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

  test('names no address and has the policy with the hashes of its five scripts', () => {
    const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) => script);
    const hashes = scripts.map((script) => createHash('sha256').update(script).digest('base64'));
    expect(page).toContain(
      `content="default-src 'none'; script-src ${hashes.map((hash) => `'sha256-${hash}'`).join(' ')} 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<script/g)).toHaveLength(5);
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

  test('every cell of the confusion matrix opens as many images as it says', () => {
    const panels = [...page.matchAll(/<section\s+class="panel-images".*?<\/section>/gs)];
    const counts = report.confusionCounts(
      report.readRun(directory).evaluation as report.Evaluation,
    );
    expect(panels.length).toBe(counts.flat().filter((count) => count > 0).length);
    for (const [panel] of panels) {
      const [, label, prediction] = /id="images-(\d+)-(\d+)"/.exec(panel) ?? [];
      const shown = panel.match(/<li>/g)?.length ?? 0;
      const count = counts[Number(label)][Number(prediction)];
      expect(shown, panel).toBe(label === prediction ? Math.min(24, count) : count);
      const amount = shown === count ? `${count} test image` : `${shown} of ${count} test images`;
      expect(pageText(panel)).toContain(`: ${amount}`);
    }
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
    expect(await run(model.replace('export default', 'return'))).toEqual({
      name: 'simple-convnet',
      input: [1, 28, 28],
      layers: report.readRun(directory).record.model.layers,
    });
    for (const source of sources) {
      log.mockClear();
      table.mockClear();
      await run(source.replace("'reports/whole'", JSON.stringify(directory)));
      expect(log.mock.calls.length + table.mock.calls.length, source).toBeGreaterThan(0);
    }
    expect(sources.length).toBe(10);
    vi.restoreAllMocks();
  });
});

/** The modules that a cell's code may import. */
const modules = {
  '@convbook/layers': layers,
  '@convbook/report': report,
  '@convbook/runtime/network': runtime,
  '@convbook/runtime/explain': runtimeExplain,
};

/** Runs a program that imports these modules. */
async function run(source: string): Promise<unknown> {
  const body = source.replaceAll(/import \{(.*?)\} from ('[^']*');/gs, 'const {$1} = modules[$2];');
  const program = new Function('modules', `return (async () => { ${body} })();`) as (
    all: typeof modules,
  ) => Promise<unknown>;
  return program(modules);
}

/** Markup without what base64 happens to spell. */
function withoutData(page: string): string {
  return page.replaceAll(/base64,[\w+/=]+|<script.*?<\/script>|<template.*?<\/template>/gs, '');
}

describe('other runs', () => {
  test('hostile class names stay text', async () => {
    const page = await notebookOf('hostile', { classNames: ['plain', hostile] });
    expect(page).not.toContain('<img src=x');
    expect(pageText(page)).toContain(`${hostile} predicted as plain`);
    expect(page.match(/<\/script>/g)).toHaveLength(5);
  });

  test('an interrupted run leaves out what it lacks', async () => {
    const page = await notebookOf('cut', { status: 'interrupted', steps: 50 });
    expect(headings(page).map((heading) => heading.slice(2))).toEqual([
      'Result',
      'Filters',
      'Training',
      'Data',
      'Model',
      'Settings',
      'Terms',
    ]);
    expect(pageText(page).replaceAll(/\s+/g, ' ')).toContain(
      'This run was interrupted. It had finished step 50 of 120.',
    );
  });

  test('a resumed run says when, and where it went on', async () => {
    const directory = writeSyntheticRun(join(root, 'resumed'));
    const start = {
      event: 'start',
      schema: 1,
      at: '2025-11-22T10:00:00.000Z',
      workers: 3,
      step: 80,
    };
    appendFileSync(join(directory, 'timing.ndjson'), `${JSON.stringify(start)}\n`);
    const page = readFileSync(await report.writeNotebook(directory), 'utf8');
    const text = pageText(page).replaceAll(/\s+/g, ' ');
    expect(text).toContain('This run was resumed once. The steps since the last checkpoint');
    expect(text).toContain('resume 80 3 of them 80 22 November 2025, 10:00 UTC');
  });

  test('a run without a step has a notebook too', async () => {
    const page = await notebookOf('begun', { status: 'running', steps: 0 });
    expect(pageText(page)).toContain('It had not finished its first step.');
    expect(withoutData(page)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each([
    ['colour images and large filters', 15, { input: [3, 40, 60], filters: 4, kernelSize: 11 }],
    ['many channels, which no image file has', 13, { input: [6, 30, 30], filters: 3 }],
    [
      'more classes than a matrix can show',
      15,
      { classNames: Array.from({ length: 50 }, (_, k) => `class ${k}`) },
    ],
    ['one epoch of one step', 15, { epochs: 1, stepsPerEpoch: 1 }],
  ])('%s', async (name, count, options) => {
    const page = await notebookOf(name, options);
    expect(headings(page).length).toBe(count);
    expect(withoutData(page)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
