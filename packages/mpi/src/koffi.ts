// koffi calls the functions of C libraries. It is an optional package: nothing loads it before ranks are wanted.
import { ConfigurationError } from '@convbook/core';
import type * as koffi from 'koffi';

/** As much of koffi as is used. */
export type Koffi = Pick<typeof koffi, 'config' | 'load'>;

// MPICH overflows stacks of 128 KiB. This much is reserved, not used.
const stackBytes = 8 << 20;

/**
 * koffi with large stacks, for the calling thread.
 *
 * @throws ConfigurationError where it is not installed.
 */
export async function loadKoffi(
  load: () => Promise<Koffi> = () => import('koffi'),
): Promise<Koffi> {
  const loaded = await load().catch((cause: unknown) => {
    const [reason] = (cause as Error).message.split('\n', 1);
    throw new ConfigurationError(
      `mpi: expected the optional package koffi, which calls the MPI library, got none (${reason}); ` +
        'install it with npm install koffi, or train alone with --launcher none',
      { cause },
    );
  });
  // Before a thread loads its first library; koffi refuses it later.
  if (loaded.config().sync_stack_size !== stackBytes) {
    loaded.config({ sync_stack_size: stackBytes, async_stack_size: stackBytes });
  }
  return loaded;
}

/** Ends the process whatever its threads do, and what else Node has no function for. */
export interface LastResort {
  /** After so many seconds by SIGALRM, unless it ends before. */
  alarm(seconds: number): void;
  /** At once, where `process.exit` would wait for a thread inside MPI. */
  exit(code: number): void;
  /** Lets another thread have the core, if one wants it. */
  yieldCore(): void;
}

/** Three functions of the C library, which every process has. */
export function createLastResort(koffi: Koffi): LastResort {
  const own = koffi.load(null);
  const alarm = own.func('unsigned int alarm(unsigned int)');
  const exit = own.func('void _exit(int)');
  const yieldCore = own.func('int sched_yield()');
  return {
    yieldCore: () => void yieldCore(),
    alarm: (seconds) => void alarm(seconds),
    exit: (code) => void exit(code),
  };
}
