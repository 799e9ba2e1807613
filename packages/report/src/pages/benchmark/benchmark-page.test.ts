import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { toBenchmarkReport } from '../../testing/benchmark-report.ts';
import { writeBenchmark } from '../write-page.ts';
import { renderBenchmark } from './benchmark-page.ts';
import type { BenchmarkReport } from './benchmark-report.ts';

const textOf = (page: string, language: 'en' | 'ko' = 'en') =>
  pageText(page, language).replaceAll(/\s+/g, ' ');

test('one file has every figure, drawn and as a table', async () => {
  const file = join(temporaryDirectory(), 'bench.html');
  const page = readFileSync(await writeBenchmark(toBenchmarkReport(), file), 'utf8');
  const text = textOf(page);
  for (const words of [
    '1 worker: 6.00 ms, 16,667 images/s',
    '2 workers: 3.20 ms, 31,250 images/s',
    'PyTorch tuned: 4.80 ms, we are 1.50 times as fast',
    '2 workers: 135.3 / 88.0 GFLOP/s, 153.8%',
    '2 workers: 1.80 ×, 90.0%',
    '1 worker: 160 MiB',
    'PyTorch tuned: 300 MiB',
    'conv1 forward: 2.00 ms, 30.3%, 35.0 GFLOP/s (80%)',
    'optimizer: 0.60 ms, 9.1%',
    'waiting for other workers: 0.50 ms, 7.6%',
    'lenet 2 100 3.20 3.07 – 3.52 31,250 4.0% 170 MiB 0.61 s 0.78 s 0.02',
    'load before: 0.10',
  ]) {
    expect(text).toContain(words);
  }
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/https?:\/\//);
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
});

test('in Korean too, and the same bytes when made again', async () => {
  const page = await renderBenchmark(toBenchmarkReport());
  const text = textOf(page, 'ko');
  expect(text).toContain('워커 2개: 3.20밀리초, 초당 이미지 31,250장');
  expect(text).not.toContain('images/s');
  expect((await renderBenchmark(toBenchmarkReport())) === page).toBe(true);
});

test.each<[string, Partial<BenchmarkReport>, string]>([
  ['peers', { peers: [] }, 'PyTorch'],
  ['profiles', { profiles: [] }, 'Layer by layer'],
  ['several workers', { steps: toBenchmarkReport().steps.slice(0, 1) }, 'Parallel efficiency'],
])('without %s their part is left out', async (_, changed, title) => {
  const whole = await renderBenchmark(toBenchmarkReport());
  const page = await renderBenchmark(toBenchmarkReport(changed));
  expect(textOf(whole)).toContain(title);
  expect(textOf(page)).not.toContain(title);
});

test('hostile names stay text', async () => {
  const hostile = '</script><img src=x onerror=alert(1)>';
  const steps = toBenchmarkReport().steps.map((one) => ({ ...one, model: hostile }));
  const page = await renderBenchmark(toBenchmarkReport({ steps, host: hostile, command: hostile }));
  expect(page).not.toContain('<img src=x');
  expect(textOf(page)).toContain(hostile);
});
