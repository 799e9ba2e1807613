import { GCProfiler } from 'node:v8';

/** How an action ended, and what it took meanwhile. */
export interface Measured {
  /** What it threw, or null. */
  readonly error: unknown;
  /** Most bytes above those before: heap, and external memory or array buffers, whichever is more. */
  readonly growthBytes: number;
}

/** Runs an action and measures its memory, also before each garbage collection within it. */
export async function measure(action: () => unknown): Promise<Measured> {
  const profiler = new GCProfiler();
  const before = usedBytes();
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
  return { error, growthBytes: Math.max(after, ...peaks) - before };
}

// Array buffers are part of the external memory, shared ones are not.
function usedBytes(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}
