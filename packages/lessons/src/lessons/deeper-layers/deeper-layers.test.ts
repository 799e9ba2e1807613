import { loadMnist } from '@convbook/data';
import { excitingImages } from '@convbook/runtime/explain';
import { forward, partOf, toInput } from '@convbook/runtime/network';
import { describe, expect, test } from 'vitest';
import results from '../../assets/deeper-layers.json' with { type: 'json' };
import { bookCompute, playedText } from '../../testing/index.ts';
import { framesUpTo } from './ascent.ts';
import { filterFigure } from './filter-figure.ts';
import { differentDigits } from './filter-parts.ts';
import { deeperLayersLesson } from './index.ts';
import { mapsFigure } from './maps-figure.ts';
import { blackMaps, seenBy } from './maps-parts.ts';
import { convolutions, layers, mapsOf, networkOf } from './network.ts';
import { readPatches } from './patches.ts';

const compute = await bookCompute(deeperLayersLesson);
const network = networkOf(compute);

test('the trained network gets right what its script says', () => {
  const { images, labels, count } = loadMnist().test;
  let correct = 0;
  for (let first = 0; first < count; first += 500) {
    const some = Array.from({ length: 500 }, (_, k) =>
      images.subarray((first + k) * 784, (first + k + 1) * 784),
    );
    const logits = forward(network, toInput(some));
    some.forEach((_, k) => {
      const own = logits.subarray(k * 10, (k + 1) * 10);
      if (own.indexOf(own.reduce((a, b) => Math.max(a, b))) === labels[first + k]) correct++;
    });
  }
  const { 'tf-tutorial': result } = results;
  expect({ correct, samples: count }).toEqual({ correct: result.correct, samples: result.samples });
});

describe('receptive fields', () => {
  test('are 3, 8 and 18 pixels, as the table adds them up', () => {
    expect(layers.map(({ field }) => field.size[0])).toEqual([3, 8, 18]);
    const text = playedText(mapsFigure, compute, [['Layer', '2']]);
    for (const row of ['conv1 1 + (3 − 1) × 1 3 × 3 1', 'conv3 10 + (3 − 1) × 4 18 × 18 4']) {
      expect(text).toContain(row);
    }
  });

  test.each([0, 1, 2])('hold all that a unit of layer %i depends on', (layer) => {
    const { field, filters, height, width } = layers[layer];
    const seen = seenBy(field, { layer, filter: 0, row: 1, column: 2 });
    const isSeen = (at: number) => {
      const [down, right] = [Math.floor(at / 28) - seen.row, (at % 28) - seen.column];
      return down >= 0 && right >= 0 && down < seen.height && right < seen.width;
    };
    const image = Uint8Array.from({ length: 784 }, (_, at) => (at * 37) % 256);
    const part = partOf(network, 0, convolutions(network)[layer].to);
    const unit = (bytes: Uint8Array) => {
      const values = forward(part, toInput([bytes]));
      return Array.from({ length: filters }, (_, k) => values[(k * height + 1) * width + 2]);
    };
    const outside = image.map((byte, at) => (isSeen(at) ? byte : 255 - byte));
    expect(unit(outside)).toEqual(unit(image));
    const inside = image.map((byte, at) => (isSeen(at) ? 255 - byte : byte));
    expect(unit(inside)).not.toEqual(unit(image));
  });

  test('stay on the digit, wherever it is pressed and whatever layer comes next', () => {
    const corner = { part: 'digit', row: 27, column: 27, by: 'press' } as const;
    expect(playedText(mapsFigure, compute, [corner])).toContain(
      'rows 20 to 27 and columns 20 to 27',
    );
    const deep = playedText(mapsFigure, compute, [['Layer', '0'], corner, ['Layer', '2']]);
    expect(deep).toContain('row 2, column 2 of conv3');
    expect(deep).toContain('sees rows 8 to 25 and columns 8 to 25');
  });
});

describe('what a reader is told to notice', () => {
  test('patches come from fewer different digits, layer by layer', () => {
    const [first, second, third] = layers.map((_, k) => differentDigits(compute, k));
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
  });

  test('maps are black more often in conv3 than before', () => {
    const shares = layers.map(({ filters }, k) => {
      const black = Array.from({ length: 100 }, (_, image) => blackMaps(mapsOf(compute, image)[k]));
      return black.reduce((sum, count) => sum + count, 0) / filters;
    });
    expect(shares[2]).toBeGreaterThan(3 * Math.max(shares[0], shares[1]));
  });
});

test('a patch has the activation that its map has at its place', () => {
  const [patch] = readPatches(compute, layers[0].filters + 4);
  const { shape, values } = mapsOf(compute, patch.index)[1];
  expect(values[(4 * shape[1] + patch.row) * shape[2] + patch.column]).toBe(patch.activation);
});

describe('the image made for a filter', () => {
  test('is the one of the notebook, to the byte', () => {
    const [made] = excitingImages(network, convolutions(network)[1], [7], 1);
    const frames = framesUpTo(compute, 1, 7, 24);
    expect(frames).toHaveLength(25);
    expect(frames[24]).toEqual({ bytes: made.bytes, mean: made.reached });
  });

  test('has no steps beyond the last, and begins again for another filter', () => {
    expect(framesUpTo(compute, 0, 3, 99)).toHaveLength(25);
    const other = playedText(filterFigure, compute, [
      ['Filter', 64],
      ['Layer', '0'],
    ]);
    expect(other).toContain('Filter 32 of conv1: in 0 steps');
  });
});
