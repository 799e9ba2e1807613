import { describe, expect, test } from 'vitest';
import { lineOf } from './rank-lines.ts';
import { createWatch } from './watch.ts';

/** Ranks that answer at once with so many requests begun; null for one that is silent. */
function createOthers(begun: readonly (number | null)[]) {
  let asked = 0;
  return {
    asked: () => asked,
    signs: {
      ask() {
        asked++;
      },
      hasAnswered: (rank: number) => begun[rank] !== null,
      begunBy: (rank: number) => begun[rank] ?? 0,
    },
  };
}

const ofWorkers = [{ number: 9, isPatient: false }];
const ofMain = [{ number: 9, isPatient: true }];

describe('a rank of 3 that waits 10 seconds for signs', () => {
  const watchOf = (rank: number, begun: readonly (number | null)[]) => {
    const { signs, asked } = createOthers(begun);
    return { asked, ...createWatch({ rank, ranks: 3, hangTimeout: 10, signs }) };
  };

  test('asks when a call has lasted 8', () => {
    const { look, asked } = watchOf(0, [9, null, 9]);
    expect([look(ofWorkers, 100), look(ofWorkers, 107.9), asked()]).toEqual([null, null, 0]);
    expect([look(ofWorkers, 108), look(ofWorkers, 109), asked()]).toEqual([null, null, 1]);
  });

  test.each([
    ['one is silent', 0, [9, null, 9], { ranks: [1], teller: 0 }],
    ['the first is silent', 2, [null, 9, 9], { ranks: [0], teller: 1 }],
    ['all others are silent', 2, [null, null, 9], { ranks: [0, 1], teller: 2 }],
  ])('finds who gives none: %s', (_, rank, begun, expected) => {
    for (const flights of [ofWorkers, ofMain]) {
      const { look } = watchOf(rank, begun);
      expect([100, 108, 109.9].map((now) => look(flights, now))).toEqual([null, null, null]);
      expect(look(flights, 110)).toEqual({ kind: 'silent', ...expected });
    }
  });

  test('begins anew with each call, and with none', () => {
    const { look, asked } = watchOf(0, [9, null, 9]);
    for (const now of [100, 107]) look(ofWorkers, now);
    for (const now of [108, 115]) look([{ number: 10, isPatient: false }], now);
    expect([asked(), look([], 130), look([{ number: 11, isPatient: false }], 131)]).toEqual([
      0,
      null,
      null,
    ]);
  });

  test.each([
    ['one', [9, 8, 9], [1]],
    ['two', [9, 8, 7], [1, 2]],
    ['none', [9, 9, 10], []],
  ])('finds after 18 who is alive and has not joined a call of workers: %s', (_, begun, ranks) => {
    const { look } = watchOf(0, begun);
    const verdicts = [100, 108, 116, 117].map((now) => look(ofWorkers, now));
    expect(verdicts).toEqual([null, null, null, null]);
    expect(look(ofWorkers, 124)).toEqual({ kind: 'late', ranks, teller: 0 });
  });

  test('waits in a call of the main thread as long as all are alive', () => {
    const { look, asked } = watchOf(1, [8, 9, 9]);
    const verdicts = Array.from({ length: 1000 }, (_, second) => look(ofMain, 100 + second));
    expect(verdicts.every((verdict) => verdict === null)).toBe(true);
    expect(asked()).toBe(124);
  });

  test('asks nobody where it is the only one', () => {
    const { signs, asked } = createOthers([9]);
    const { look } = createWatch({ rank: 0, ranks: 1, hangTimeout: 10, signs });
    expect([100, 108, 110, 200].map((now) => look(ofMain, now))).toEqual([null, null, null, null]);
    expect(asked()).toBeGreaterThan(0);
  });
});

describe('the line', () => {
  const hosts = ['a', 'b', 'b', 'c', 'c', 'd'];
  const lineFor = (kind: 'silent' | 'late', ranks: readonly number[]) =>
    lineOf({ kind, ranks, teller: 0 }, { hosts, hangTimeout: 10, step: 57 });

  test.each([
    [
      'silent',
      [1],
      'rank 1 (host b): expected a sign of life within 10 s at step 57, got none; see whether its host and the network are well, then go on with --resume',
    ],
    [
      'silent',
      [1, 2, 3, 4, 5],
      'rank 1 (host b), rank 2 (host b), rank 3 (host c), rank 4 (host c), 1 more: expected a sign of life within 10 s at step 57, got none; see whether its host and the network are well, then go on with --resume',
    ],
    [
      'late',
      [3],
      'rank 3 (host c): expected its part of an exchange within 20 s at step 57, got signs of life alone; its workers hang, go on with --resume',
    ],
    [
      'late',
      [],
      'all ranks: expected an exchange to end within 20 s at step 57, got no end although all take part; see whether the network is well, then go on with --resume',
    ],
  ] as const)('of %s ranks %j', (kind, ranks, expected) => {
    expect(lineFor(kind, ranks)).toBe(expected);
  });
});
