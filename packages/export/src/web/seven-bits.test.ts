import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSevenBits, toSevenBits } from './seven-bits.ts';
import { fromPlanes, toPlanes } from './planes.ts';

const asText = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
/** Characters that HTML changes, ends with or may not have, and that a terminal obeys. */
const changed = [...Buffer.from('\0\r\u001a\u001b&<>\u007f'), ...range(0x80, 0xff)];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

const bytes = () => fc.uint8Array({ maxLength: 300 });

test('bytes come back from their text', () => {
  fc.assert(
    fc.property(bytes(), (given) => {
      const text = asText(toSevenBits(given));
      expect(fromSevenBits(text, given.length)).toEqual(given);
    }),
    { numRuns: 2000 },
  );
});

test('every value at every place of a character comes back, from text that HTML leaves as it is', () => {
  for (let value = 0; value < 256; value++) {
    for (let before = 0; before < 8; before++) {
      const given = new Uint8Array(9).fill(value, before);
      const text = asText(toSevenBits(given));
      const codes = Array.from(text, (character) => character.charCodeAt(0));
      expect(codes.filter((code) => changed.includes(code))).toEqual([]);
      expect(fromSevenBits(text, 9)).toEqual(given);
    }
  }
});

test('the text takes eight bytes for seven', () => {
  const noise = Uint8Array.from({ length: 70_000 }, (_, k) => (k * k * 31 + (k >> 3)) & 255);
  expect(toSevenBits(noise).length).toBeLessThanOrEqual(80_001);
  expect(toSevenBits(noise).length).toBeGreaterThanOrEqual(80_000);
});

test('a text that was cut off is refused', () => {
  const text = asText(toSevenBits(new Uint8Array(100)));
  expect(() => fromSevenBits(text.slice(0, 56), 100)).toThrow(
    new RangeError('the page: expected 100 bytes of data, got 98; save or download it again'),
  );
});

test('planes put the bytes of a place together, and back', () => {
  expect([...toPlanes(Uint8Array.of(1, 2, 3, 4, 11, 12, 13, 14, 21, 22))]).toEqual([
    1, 11, 21, 2, 12, 22, 3, 13, 4, 14,
  ]);
  fc.assert(
    fc.property(bytes(), (given) => {
      expect(fromPlanes(toPlanes(given))).toEqual(given);
    }),
  );
});
