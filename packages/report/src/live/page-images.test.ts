import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { uniform } from '@convbook/core';
import { html } from '@convbook/page';
import { readRun, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, describe, expect, test } from 'vitest';
import { worstMistakes } from '../analysis/evaluation.ts';
import { linkedImages, mappedImages } from './linked-images.ts';
import { mostImageBytes, mostWanted, pageImages } from './page-images.ts';
import { choosableImages } from './payload.ts';

describe('the images of a page', () => {
  const directory = join(temporaryDirectory(), 'run');
  let run: Run;
  beforeAll(() => {
    run = readRun(writeSyntheticRun(directory, { testSamples: 900, logitNoise: 3 }));
  });

  const noise = Uint8Array.from(
    uniform(1, 'noise', new Float64Array(3_600_000)),
    (value) => value * 256,
  );

  /** The run with so many images of so many bytes; those at places in `isNoise` cannot be compressed. */
  function withImages(count: number, size: number, isNoise: (index: number) => boolean): Run {
    const images = new Map(
      Array.from({ length: count }, (_, index) => [
        index,
        isNoise(index) ? noise.subarray(index * size, (index + 1) * size) : new Uint8Array(size),
      ]),
    );
    return { ...run, samples: { shape: [1, 1, size], images } };
  }

  test('are all where they fit', async () => {
    const { indexes, bytesGz } = await pageImages(run);
    const kept = [...(run.samples?.images.entries() ?? [])].sort(([a], [b]) => a - b);
    expect(indexes).toEqual(kept.map(([index]) => index));
    expect(Buffer.compare(gunzipSync(bytesGz), Buffer.concat(kept.map(([, image]) => image)))).toBe(
      0,
    );
  });

  test('begin with those one may choose and the mistakes; then of each class as many', () => {
    const all = withImages(900, 1, () => false);
    const wanted = mostWanted(all);
    expect([...wanted].sort((a, b) => a - b)).toEqual(Array.from({ length: 900 }, (_, k) => k));
    const evaluation = all.evaluation as NonNullable<Run['evaluation']>;
    const first = new Set([
      ...choosableImages(all),
      ...worstMistakes(evaluation).map(({ index }) => index),
    ]);
    expect(new Set(wanted.slice(0, first.size))).toEqual(first);
    const labels = wanted.slice(first.size, first.size + 50).map((k) => evaluation.labels[k]);
    const counts = Array.from(
      { length: 10 },
      (_, k) => labels.filter((label) => label === k).length,
    );
    expect(counts).toEqual(new Array<number>(10).fill(5));
  });

  test('have those that the page has links to among the first', () => {
    const all = withImages(900, 1, () => false);
    const last = mostWanted(all).slice(-3);
    const wanted = mostWanted(all, last);
    expect(new Set(wanted)).toEqual(new Set(mostWanted(all)));
    expect(wanted).toHaveLength(900);
    const chosen = choosableImages(all).length;
    expect(wanted.slice(chosen, chosen + 3)).toEqual(last);
  });

  test('have the points of the map after the mistakes', () => {
    const all = withImages(900, 1, () => false);
    const usual = mostWanted(all);
    const last = usual.slice(-3);
    const wanted = mostWanted(all, [], last);
    const before = usual.indexOf(wanted[wanted.indexOf(last[0]) + 3]);
    expect(wanted.slice(0, before)).toEqual(usual.slice(0, before));
    expect(wanted.slice(before, before + 3)).toEqual(last);
    expect(wanted).toHaveLength(900);
    const content = html`<g data-indexes="3 12"></g><g data-indexes="7"></g>`;
    expect(mappedImages([{ content }])).toEqual([3, 12, 7]);
  });

  test('the page has links to those of single pictures and of sheets', () => {
    const parts = [
      html`<a data-image="7">seven</a>`,
      html`<a data-image="3" data-images="3 7 12">sheet</a>`,
    ];
    expect(linkedImages(parts.map((content) => ({ content })))).toEqual([7, 3, 12]);
  });

  test.each<[string, (index: number) => boolean]>([
    ['are alike', () => true],
    ['can be compressed where they are right answers', (index) => index % 3 === 0],
  ])('fill the size they may have, and no more, where they %s', async (_, isNoise) => {
    const many = withImages(900, 4000, isNoise);
    const { indexes, bytesGz } = await pageImages(many);
    expect(indexes.length).toBeLessThan(900);
    expect(bytesGz.length).toBeLessThanOrEqual(mostImageBytes);
    expect(bytesGz.length).toBeGreaterThan(0.9 * mostImageBytes);
    expect(indexes).toEqual(
      mostWanted(many)
        .slice(0, indexes.length)
        .sort((a, b) => a - b),
    );
  });

  test('are none where not one fits', async () => {
    const { indexes, bytesGz } = await pageImages(withImages(4, 800_000, () => true));
    expect(indexes).toEqual([]);
    expect(gunzipSync(bytesGz).length).toBe(0);
  });
});
