import { join } from 'node:path';
import type { LayerSpec } from '@convbook/layers';
import { pageText } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun, type RunSettings } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { worstMistakes } from '../analysis/evaluation.ts';
import { networksOf } from '../testing/networks.ts';
import { imageMapCell } from './image-map.ts';

const folder = temporaryDirectory();

async function rendered(name: string, settings: Partial<RunSettings>, layers?: LayerSpec[]) {
  const run = readRun(writeSyntheticRun(join(folder, name), { testSamples: 300, ...settings }));
  const { sampleShape: input, classNames } = run.record.data;
  const dense: LayerSpec = { kind: 'dense', units: classNames.length };
  const networks = await networksOf({ input, layers: layers ?? [{ kind: 'flatten' }, dense] });
  const html = String(await imageMapCell.render(run, null, networks));
  const indexes = [...html.matchAll(/data-indexes="([^"]+)"/g)].flatMap(([, own]) =>
    own.split(' '),
  );
  return { html, text: pageText(html).replaceAll(/\s+/g, ' '), indexes, run };
}

test('each image that the run keeps is one point, and the text says the finding', async () => {
  const { html, text, indexes, run } = await rendered('ten', { logitNoise: 2.5 });
  expect(indexes.map(Number).sort((a, b) => a - b)).toEqual([
    ...(run.samples?.images.keys() ?? []),
  ]);
  const dots = [...html.matchAll(/<path d="([^"]+)"/g)].flatMap(([, d]) => d.match(/h0/g) ?? []);
  expect(dots.length).toBe(indexes.length);
  const wrong = [...html.matchAll(/wrong" data-label="\d+"\s+data-indexes="([^"]+)"/g)].flatMap(
    ([, own]) => own.split(' '),
  );
  expect(wrong.length).toBeGreaterThan(3);
  expect(text).toContain(`${indexes.length} test images, ${wrong.length} of them misclassified.`);
  expect(text).toMatch(
    /They are all that the run keeps of 300\. In the whole test set, [\d.]+% are/,
  );
  expect(text).toMatch(/Of \d+ images drawn in proportion to the test set, \d+% have a nearest/);
  expect(text).toContain('The model has no hidden layer: the 784 values of its input');
  expect(text).toMatch(/these hold \d+% of the variance/);
  expect(html).toMatch(
    /aria-label="\d+ test images, \d+ of them misclassified. Here these overlap/,
  );
});

test('of many classes ten have colours, and the caption says which', async () => {
  const classNames = Array.from({ length: 30 }, (_, k) => `kind ${k}`);
  const { html, text } = await rendered('thirty', { classNames, logitNoise: 2 });
  expect(html.match(/<li\s+class="c\d"/g)?.length).toBe(10);
  expect(text).toContain('other classes');
  expect(text).toContain('The 10 classes with the most mistakes have colours.');
});

test('of more images than fit, the text says how they were chosen', async () => {
  const input = [1, 10, 10];
  const { run } = await rendered('chosen', { testSamples: 2600, input, logitNoise: 3 });
  const pictures = [...(run.samples?.images.values() ?? [])];
  const images = new Map(
    Array.from({ length: 2600 }, (_, index) => [index, pictures[index % pictures.length]]),
  );
  const layers: LayerSpec[] = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }];
  const networks = await networksOf({ input, layers });
  const textOf = async (kept: Map<number, Uint8Array>) => {
    const own = { ...run, samples: { shape: input, images: kept } };
    return pageText(String(await imageMapCell.render(own, null, networks))).replaceAll(/\s+/g, ' ');
  };
  expect(await textOf(images)).toMatch(
    /\d+ are drawn from 2,600 in proportion to the test set\. The other \d+ are (all further mistakes|further mistakes, evenly over the classes, the worst first)\. In the whole test set, [\d.]+% are misclassified\./,
  );
  const wrong = run.evaluation === null ? [] : worstMistakes(run.evaluation);
  const alone = await textOf(
    new Map(wrong.map(({ index }) => [index, images.get(index) ?? new Uint8Array()])),
  );
  expect(alone).not.toContain('nearest neighbour');
});

test('a single class and a perfect model are drawn too', async () => {
  const { text, indexes } = await rendered('one', { classNames: ['digit'], testSamples: 60 });
  expect(indexes.length).toBeGreaterThan(20);
  expect(text).toContain(`${indexes.length} test images, 0 of them misclassified.`);
  expect(text).toContain('Here no two classes overlap.');
});

test('2,000 points take at most 80 KB', async () => {
  const { html, indexes } = await rendered('many', {
    testSamples: 2600,

    input: [1, 6, 6],
  });
  expect(indexes.length).toBeGreaterThan(300);
  const [drawing = ''] = /<svg.*<\/svg>/s.exec(html) ?? [];
  expect((drawing.length / indexes.length) * 2000).toBeLessThan(80_000);
});

test('a model that takes too long says so, dead values too, and a run without a model has no map', async () => {
  const large: LayerSpec[] = [
    { kind: 'conv2d', filters: 1600, kernelSize: 27, padding: 13 },
    { kind: 'globalAvgPool2d' },
    { kind: 'dense', units: 10 },
  ];
  const { text, run } = await rendered('large', {}, large);
  expect(text).toContain('Some of this is left out');
  expect(imageMapCell.render(run, null, null)).toBeNull();
  const networks = await networksOf({
    input: [1, 28, 28],
    layers: [{ kind: 'flatten' }, { kind: 'dense', units: 4 }, { kind: 'dense', units: 10 }],
  });
  networks.trained.parameters.get('dense1.weight')?.fill(0);
  const dead = pageText(String(await imageMapCell.render(run, null, networks)));
  expect(dead).toContain('The last hidden layer gives the same for every test image');
});
