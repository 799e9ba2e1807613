import { GCProfiler } from 'node:v8';

let sharedBytes = 0;

// V8 does not count shared buffers: all that are made are added up, as if none were ever freed.
globalThis.SharedArrayBuffer = new Proxy(SharedArrayBuffer, {
  construct(made, words: [number]) {
    sharedBytes += words[0];
    return Reflect.construct<[number], SharedArrayBuffer>(made, words);
  },
});

/** How an action ended, and the memory it took meanwhile. */
export interface Measured {
  /** The error it threw, or null. */
  readonly error: unknown;
  /** Most bytes above those before: heap, external memory or array buffers, and shared buffers. */
  readonly growthBytes: number;
}

/** Runs an action and measures its memory, also before each garbage collection within it. */
export async function measure(action: () => unknown): Promise<Measured> {
  const profiler = new GCProfiler();
  const before = usedBytes();
  const sharedBefore = sharedBytes;
  profiler.start();
  let error: unknown = null;
  try {
    await action();
  } catch (thrown) {
    error = thrown;
  }
  const after = usedBytes();
  const peaks = profiler
    .stop()
    .statistics.map(({ beforeGC: { heapStatistics } }) => heapStatistics)
    .map(({ usedHeapSize, externalMemory }) => usedHeapSize + externalMemory);
  const shared = sharedBytes - sharedBefore;
  return { error, growthBytes: peaks.reduce((a, b) => Math.max(a, b), after) - before + shared };
}

// Array buffers are part of the external memory.
function usedBytes(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}
