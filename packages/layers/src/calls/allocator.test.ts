import { describe, expect, test } from 'vitest';
import { Allocator } from './allocator.ts';
import { ConstantTables } from './constant-tables.ts';

describe('Allocator', () => {
  test('hands out places at cache lines; what is released is handed out again', () => {
    const arena = new Allocator('arena');
    expect(arena.take(1)).toEqual({ region: 'arena', offset: 0 });
    expect(arena.take(64).offset).toBe(64);
    const mark = arena.mark();
    expect(arena.take(65).offset).toBe(128);
    arena.release(mark);
    expect(arena.take(10).offset).toBe(128);
    expect(arena.sizeBytes).toBe(256);
  });
});

describe('ConstantTables', () => {
  test('keeps equal tables once, each from a cache line on', () => {
    const tables = new ConstantTables();
    const first = tables.place(Int32Array.of(1, 2, 3));
    const second = tables.place(Int32Array.from({ length: 17 }, (_, i) => i));
    const third = tables.place(Int32Array.of(12, 3));
    expect(tables.place(Int32Array.of(1, 2, 3))).toEqual(first);
    expect([first, second, third].map(({ offset }) => offset)).toEqual([0, 64, 192]);
    expect([...tables.words.subarray(0, 4)]).toEqual([1, 2, 3, 0]);
    expect([...tables.words.subarray(16, 33)]).toEqual(Array.from({ length: 17 }, (_, i) => i));
    expect([...tables.words.subarray(48, 50)]).toEqual([12, 3]);
  });
});
