import { describe, expect, test } from 'vitest';
import { isComplete } from '../engine/exchange/exchange.ts';
import { createRanksInProcess } from './ranks-in-process.ts';

describe('ranks in one process', () => {
  test('gather what each has', () => {
    const all = [0, 1, 2].map((rank) => Uint8Array.from([0, 0, 0, 0, 0], () => 10 + rank));
    const starts = [0, 2, 2, 5];
    const exchanges = createRanksInProcess(3);
    const tickets = exchanges.map(({ startGather }, rank) => startGather(all[rank], starts));
    expect(tickets.map(isComplete)).toEqual([true, true, true]);
    for (const bytes of all) expect([...bytes]).toEqual([10, 10, 12, 12, 12]);
  });

  test('scatter a part for each', () => {
    const to = [new Uint8Array(3), new Uint8Array(3)];
    const froms = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];
    // Rank 0 gets one byte of each, rank 1 two.
    const toStarts = [
      [0, 1, 2],
      [0, 2, 4],
    ];
    to[1] = new Uint8Array(4);
    createRanksInProcess(2).forEach(({ startScatter }, rank) =>
      startScatter(froms[rank], [0, 1, 3], to[rank], toStarts[rank]),
    );
    expect(to.map((bytes) => [...bytes])).toEqual([
      [1, 4, 0],
      [2, 3, 5, 6],
    ]);
  });

  test('spread the bytes of the first', () => {
    const all = [Uint8Array.of(7, 8), new Uint8Array(2), new Uint8Array(2)];
    const [first, second, third] = createRanksInProcess(3);
    const ticket = first.startSpread(all[0]);
    second.startSpread(all[1]);
    expect(isComplete(ticket)).toBe(false);
    third.startSpread(all[2]);
    expect(isComplete(ticket)).toBe(true);
    expect(all.map((bytes) => [...bytes])).toEqual([
      [7, 8],
      [7, 8],
      [7, 8],
    ]);
  });

  test('refuse calls that differ', () => {
    const [first, second] = createRanksInProcess(2);
    first.startSpread(new Uint8Array(1));
    expect(() => second.startGather(new Uint8Array(1), [0, 0, 1])).toThrow(
      new Error('ranks: expected all to make the same call, got spread, gather'),
    );
  });
});
