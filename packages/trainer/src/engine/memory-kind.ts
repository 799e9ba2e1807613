/** `shared`: threads see it. `plain`: one thread alone does; a page opened from a file has no other. */
export type MemoryKind = 'shared' | 'plain';

export function memoryKindOf({ buffer }: WebAssembly.Memory): MemoryKind {
  return buffer instanceof ArrayBuffer ? 'plain' : 'shared';
}

/** Arrays of zeros in one kind of memory. */
export interface Arrays {
  floats(count: number): Float32Array;
  doubles(count: number): Float64Array;
  integers(count: number): Int32Array;
  indexes(count: number): Uint32Array;
}

/** Bytes left free around an array, so that no two share a cache line, which threads would pass to and fro. */
const margin = 128;

export function arraysIn(kind: MemoryKind): Arrays {
  const take = (bytes: number) =>
    kind === 'shared'
      ? new SharedArrayBuffer(bytes + 2 * margin)
      : new ArrayBuffer(bytes + 2 * margin);
  return {
    floats: (count) => new Float32Array(take(count * 4), margin, count),
    doubles: (count) => new Float64Array(take(count * 8), margin, count),
    integers: (count) => new Int32Array(take(count * 4), margin, count),
    indexes: (count) => new Uint32Array(take(count * 4), margin, count),
  };
}
