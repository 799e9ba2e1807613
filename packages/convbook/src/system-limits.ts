// Errors of a system that gives no more: neither the user's mistake nor our defect.

const files = 'raise the limit of open files, as with ulimit -n 1024';
const memory = 'free memory, raise its limit, or take fewer --workers';
const remedies: Readonly<Record<string, string>> = {
  EMFILE: files,
  ENFILE: files,
  ENOMEM: memory,
  EAGAIN: memory,
  ERR_WORKER_INIT_FAILED: memory,
  ERR_WORKER_OUT_OF_MEMORY: memory,
  ERR_MEMORY_ALLOCATION_FAILED: memory,
};

/** A line for an error by which the system refuses more files, memory or threads; null for any other. */
export function limitLine(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code = '', message } = error as NodeJS.ErrnoException;
  // V8 has no code for memory that it did not get.
  const isMemory = error instanceof RangeError && /allocat/i.test(message);
  // A thread does not say by its code what it lacked.
  const isFiles = /\bE[MN]FILE\b/.test(message);
  const remedy = isMemory ? memory : isFiles ? files : remedies[code];
  return remedy === undefined ? null : `system: expected more of it, got ${message}; ${remedy}`;
}
