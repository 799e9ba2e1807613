import { describe, expect, test } from 'vitest';
import { treeText } from '../testing/tree-text.ts';
import { additionsOf, nodesOf, type TreeNode } from './tree-nodes.ts';

const leavesFrom = ({ first, count }: TreeNode) =>
  Array.from({ length: count }, (_, i) => `${first + i}`);

describe('nodes of the tree of sums', () => {
  const splits = Array.from({ length: 33 }, (_, leaves) =>
    [1, 2, 3, 4, 5, 7, 8, 64].map((ranks) => [leaves + 1, ranks] as const),
  ).flat();

  test.each(splits)('of %i leaves over %i ranks sum to the bits of the whole', (leaves, ranks) => {
    const starts = Array.from({ length: ranks + 1 }, (_, r) => Math.floor((leaves * r) / ranks));
    const nodes = starts.slice(0, -1).flatMap((from, r) => nodesOf(from, starts[r + 1], leaves));
    const sums = nodes.map((node) => treeText(leavesFrom(node)));
    for (const { to, from } of additionsOf(nodes, leaves)) sums[to] = `(${sums[to]}+${sums[from]})`;
    expect(sums[0]).toBe(treeText(leavesFrom({ first: 0, count: leaves })));
  });

  test('are as few as can be', () => {
    expect(nodesOf(0, 8, 8)).toEqual([{ first: 0, count: 8 }]);
    expect(nodesOf(0, 3, 8)).toEqual([
      { first: 0, count: 2 },
      { first: 2, count: 1 },
    ]);
    expect(nodesOf(3, 8, 8)).toEqual([
      { first: 3, count: 1 },
      { first: 4, count: 4 },
    ]);
  });
});
