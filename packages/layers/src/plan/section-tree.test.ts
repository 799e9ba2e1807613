import { describe, expect, test } from 'vitest';
import { Allocator } from '../calls/allocator.ts';
import { call, type Argument, type Call } from '../calls/call.ts';
import { oneRow } from '../calls/gradient-item.ts';
import type { WholeBatchPart } from '../calls/whole-batch.ts';
import { treeText } from '../testing/tree-text.ts';
import { sumSections } from './section-tree.ts';

/** A part whose sum over section s is a call with the size s. */
const part: WholeBatchPart = {
  parameter: 'weight',
  gradient: oneRow({ region: 'gradients', offset: 0 }, 5),
  sum: ({ rowBytes }, { place }) => [call('clear', { at: place, size: rowBytes })],
};

/** What the calls leave at each place, as text. */
function run(calls: readonly Call[]): Map<string, string> {
  const memory = new Map<string, string>();
  const read = (place: Argument) => memory.get(JSON.stringify(place)) ?? 'nothing';
  for (const { kernel, values } of calls) {
    const [to, value] =
      kernel === 'addRows'
        ? [values.y, `(${read(values.y)}+${read(values.x)})`]
        : [values.at, JSON.stringify(values.size)];
    memory.set(JSON.stringify(to), value);
  }
  return memory;
}

describe.each(Array.from({ length: 66 }, (_, i) => i + 1))('%i sections', (count) => {
  const sections = Array.from({ length: count }, (_, s) => ({ kept: [], rowBytes: s }));
  const arena = new Allocator('arena', 64);
  const memory = run(sumSections(part, sections, part.gradient, arena));

  test('are added as a tree by index', () => {
    const want = treeText(sections.map(({ rowBytes }) => `${rowBytes}`));
    expect(memory.get(JSON.stringify(part.gradient.place))).toBe(want);
  });

  test('need log2 copies beside the sum, given back at the end', () => {
    expect(memory.size - 1).toBe(Math.floor(Math.log2(count)));
    expect(arena.sizeBytes).toBe(64 + (memory.size - 1) * 64);
    expect(arena.mark()).toBe(64);
  });
});
