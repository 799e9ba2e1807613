import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logTicks } from '@convbook/page/charts';
import { pageText } from '@convbook/page/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { toBenchmarkReport } from '../../testing/benchmark-report.ts';
import { writeBenchmark } from './write-benchmark.ts';
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
    'lenet v24.21.0 wide 2 100 3.20 3.07 – 3.52 31,250 4.0% 170 MiB 0.61 s 0.78 s 0.02',
    'On 2 cores, Some Processor; Node v24.21.0 with wide kernels; load before: 0.10',
    'Orange: other systems',
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

test('a banner says where others kept the machine busy, and no share of a peak is given there', async () => {
  const { steps } = toBenchmarkReport();
  expect(await renderBenchmark(toBenchmarkReport())).not.toContain('The machine was busy.');
  const busy = steps.map((one, k) => (k === 1 ? { ...one, foreignCores: 1.4 } : one));
  const text = textOf(await renderBenchmark(toBenchmarkReport({ steps: busy })));
  expect(text).toContain(
    'The machine was busy. During 1 of 4 measurements other processes used up to 1.40 cores.',
  );
  expect(text).not.toContain('153.8%');
  expect(text).toContain('lenet 2 135.3 – – 1.80 90.0%');
});

test('the legend names the systems that are there', async () => {
  const report = toBenchmarkReport();
  expect(textOf(await renderBenchmark(report))).toContain('Orange: other systems (PyTorch tuned)');
  expect(textOf(await renderBenchmark({ ...report, peers: [] }))).not.toContain('Orange');
});

test.each([
  [3, 30],
  [5.5, 9.1],
  [0.02, 0.06],
])('each tick from %d to %d ms has its label', async (least, most) => {
  const [one, other] = toBenchmarkReport().steps;
  const steps = [one, other].map((step, k) => {
    const median = k === 0 ? least : most;
    return { ...step, spread: { median, least: median, most: median } };
  });
  const page = await renderBenchmark(toBenchmarkReport({ steps, peers: [], profiles: [] }));
  const [, axis = ''] = /aria-label="Dot plot.*?(<g.*?)<\/svg>/s.exec(page) ?? [];
  const ticks = logTicks(least / 1.2, most * 1.2).map((tick) => `>${tick}<`);
  expect(ticks.length).toBeGreaterThan(2);
  expect(ticks.filter((tick) => !axis.includes(tick))).toEqual([]);
});

test('no share of a peak that was measured next to other work', async () => {
  const { steps, profiles } = toBenchmarkReport();
  const [first, ...others] = steps;
  const busy = { ...first, peakGigaflops: null };
  const one = textOf(await renderBenchmark(toBenchmarkReport({ steps: [busy, ...others] })));
  expect(one).not.toContain('1 worker: 72.2 / ');
  expect(one).toContain('2 workers: 135.3 / 88.0 GFLOP/s, 153.8%');
  expect(one).toContain('lenet 1 72.2 – – 1.00 100.0%');
  const all = await renderBenchmark(
    toBenchmarkReport({
      steps: steps.map((step) => ({ ...step, peakGigaflops: null })),
      profiles: profiles.map((profile) => ({ ...profile, peakGigaflops: null })),
    }),
  );
  expect(textOf(all)).toContain('Other processes kept this machine busy');
  expect(textOf(all)).toContain('conv1 forward: 2.00 ms, 30.3%, 35.0 GFLOP/s');
  expect(textOf(all)).not.toContain('GFLOP/s (');
  expect(all).not.toContain('bench-peak');
  expect(all).not.toMatch(/NaN|undefined|Infinity/);
});

test('narrow kernels say why', async () => {
  const narrow = { node: 'v20.20.2', whyNarrow: 'V8 11.3 does not widen kernels' };
  const steps = toBenchmarkReport().steps.map((step) => ({ ...step, ...narrow }));
  const text = textOf(await renderBenchmark(toBenchmarkReport({ steps })));
  expect(text).toContain('Node v20.20.2 with narrow kernels (V8 11.3 does not widen kernels);');
  expect(text).toContain('lenet v20.20.2 narrow 2 100 3.20');
});

test('without peers no legend names them', async () => {
  const text = textOf(await renderBenchmark(toBenchmarkReport({ peers: [] })));
  expect(text).toContain('Dots are medians.');
  expect(text).not.toContain('Orange');
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
