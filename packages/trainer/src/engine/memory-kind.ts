/** `shared`: threads see it. `plain`: one thread alone does; a page opened from a file has no other. */
export type MemoryKind = 'shared' | 'plain';

/** Arrays of zeros in one kind of memory. */
export interface Arrays {
  floats(count: number): Float32Array;
  doubles(count: number): Float64Array;
  integers(count: number): Int32Array;
  indexes(count: number): Uint32Array;
}

export function arraysIn(kind: MemoryKind): Arrays {
  const take = (bytes: number) =>
    kind === 'shared' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  return {
    floats: (count) => new Float32Array(take(count * 4)),
    doubles: (count) => new Float64Array(take(count * 8)),
    integers: (count) => new Int32Array(take(count * 4)),
    indexes: (count) => new Uint32Array(take(count * 4)),
  };
}
