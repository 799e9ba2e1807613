import { expect, test } from 'vitest';
import { addSpan, clearSpans, placeNumbers, readSpans } from './span-place.ts';

const span = (phase: number, shard: number, from: number) => ({ phase, shard, from, to: from + 1 });

test('spans that are not told apart are one; without room a span is counted', () => {
  const place = new Float64Array(placeNumbers(3));
  clearSpans(place);
  for (const one of [span(0, 0, 0), span(1, -1, 1), span(1, -1, 2), span(2, -1, 3)]) {
    addSpan(place, one);
  }
  const spans = [span(0, 0, 0), { phase: 1, shard: -1, from: 1, to: 3 }, span(2, -1, 3)];
  expect(readSpans(place)).toEqual({ spans, leftOut: 0, lastEnd: 4 });
  for (const shard of [0, 1]) addSpan(place, span(3, shard, 4 + shard));
  expect(readSpans(place)).toEqual({ spans, leftOut: 2, lastEnd: 6 });
  clearSpans(place);
  expect(readSpans(place)).toEqual({ spans: [], leftOut: 0, lastEnd: 0 });
});

test.each([0, 1, 2, 4, 6])('a place of %i numbers takes any number of spans', (numbers) => {
  const place = new Float64Array(numbers);
  for (let shard = 0; shard < 9; shard++) addSpan(place, span(0, shard, shard));
  expect(readSpans(place).spans).toEqual([]);
});
