// How PyTorch runs here at its best: OpenBLAS on PyTorch's own OpenMP threads, and jemalloc that keeps
// its pages (Debian's libopenblas0-openmp and libjemalloc2).
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const python = '/usr/bin/python3';

/** The environment variables of tuned PyTorch; null unless both libraries are installed. */
export function tunedEnvironment(
  libraries = '/usr/lib/x86_64-linux-gnu',
): Readonly<Record<string, string>> | null {
  const blas = join(libraries, 'openblas-openmp');
  const jemalloc = join(libraries, 'libjemalloc.so.2');
  if (!existsSync(blas) || !existsSync(jemalloc)) return null;
  return {
    LD_LIBRARY_PATH: blas,
    LD_PRELOAD: jemalloc,
    MALLOC_CONF: 'dirty_decay_ms:-1,muzzy_decay_ms:-1',
  };
}
