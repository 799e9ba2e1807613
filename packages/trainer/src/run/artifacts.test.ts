import { describe, expect, test } from 'vitest';
import { chooseSamples } from './artifacts.ts';

/** Logits of two classes whose larger is the answer's, by `margin`. */
function answers(rows: readonly { label: number; answer: number; margin: number }[]) {
  const logits = new Float32Array(rows.length * 2);
  rows.forEach(({ answer, margin }, index) => (logits[index * 2 + answer] = margin));
  return { logits, labels: Uint8Array.from(rows, ({ label }) => label) };
}

describe('chooseSamples', () => {
  const right = Array.from({ length: 30 }, () => ({ label: 0, answer: 0, margin: 1 }));
  const wrong = Array.from({ length: 120 }, (_, k) => ({ label: 1, answer: 0, margin: k + 1 }));
  const { logits, labels } = answers([...right, ...wrong]);

  test('the first 24 of a cell on the diagonal, the worst 100 of one off it', () => {
    const chosen = chooseSamples(logits, labels, 2, 1000);
    expect(chosen).toEqual([
      ...Array.from({ length: 24 }, (_, k) => k),
      ...Array.from({ length: 100 }, (_, k) => 50 + k),
    ]);
  });

  test('half as many of each cell until they fit', () => {
    const chosen = chooseSamples(logits, labels, 2, 62);
    expect(chosen.length).toBe(62);
    expect(chosen.slice(12)).toEqual(Array.from({ length: 50 }, (_, k) => 100 + k));
  });

  test('the first of as many cells as fit', () => {
    // Sample 0 is the first of its cell, sample 149 the worst of the other.
    expect(chooseSamples(logits, labels, 2, 2)).toEqual([0, 149]);
    expect(chooseSamples(logits, labels, 2, 1)).toEqual([0]);
  });

  test('none where not even one fits', () => {
    expect(chooseSamples(logits, labels, 2, 0)).toEqual([]);
  });
});
