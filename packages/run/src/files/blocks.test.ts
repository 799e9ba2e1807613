import { describe, expect, test } from 'vitest';
import { blockBytes, blocksOf, slicesOf } from './blocks.ts';

function bytesOf(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at++) bytes[at] = at % 251;
  return bytes;
}

describe('blocks', () => {
  test.each([
    [[], []],
    [[0, 0], []],
    [[3, 0, 4], [7]],
    [[blockBytes], [blockBytes]],
    [
      [5, 2 * blockBytes, 1],
      [blockBytes, blockBytes, 6],
    ],
  ])('of pieces of %j bytes have %j, and the same bytes', (lengths, expected) => {
    const whole = bytesOf(lengths.reduce((sum, length) => sum + length, 0));
    let at = 0;
    const pieces = lengths.map((length) => whole.subarray(at, (at += length)));
    const blocks = Array.from(blocksOf(pieces), (block) => block.slice());
    expect(blocks.map(({ length }) => length)).toEqual(expected);
    expect(Buffer.concat(blocks).equals(whole)).toBe(true);
  });

  test('of one piece are views of it', () => {
    const whole = bytesOf(blockBytes + 1);
    const slices = [...slicesOf(whole)];
    expect(slices.map(({ length }) => length)).toEqual([blockBytes, 1]);
    expect(slices.every(({ buffer }) => buffer === whole.buffer)).toBe(true);
  });
});
