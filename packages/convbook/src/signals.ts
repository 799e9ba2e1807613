/** The early end of a run by a signal, and its exit code. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 75, 130 or 143 once a signal came, else null. */
  exitCode(): number | null;
  /** Sets that exit code where the signal is the reason of an error; throws any other error. */
  leaveBy(error: unknown): void;
  dispose(): void;
}

/** The reason of the `AbortSignal`. */
class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: string, exitCode: number) {
    super(`got ${signal}`);
    this.exitCode = exitCode;
  }
}

/** How a command ends early. */
export interface Ending {
  /** Ends with 75 instead of 130 and 143: whoever started the command is to start it again. Default false. */
  readonly requeue?: boolean | undefined;
  /** Ends the process at once; default `process.exit`. */
  readonly leave?: ((exitCode: number) => void) | undefined;
}

/** The exit code that asks a scheduler to start a command again. */
export const requeueCode = 75;

// Slurm sends SIGUSR1 or SIGUSR2 where `--signal` says so, and mpirun hands both on; Node opens its debugger on
// SIGUSR1 where nobody listens.
const codes = { SIGINT: 130, SIGTERM: 143, SIGUSR1: 143, SIGUSR2: 143 } as const;

// pnpm passes Ctrl+C on, and the terminal sends it too: two signals within a second count as one. The
// second is counted in rounds of the event loop, because a busy loop receives a signal late.
const roundMilliseconds = 100;
const sameRounds = 10;

/** The first of these signals, which `onFirst` hears, aborts the `AbortSignal`; a later second one ends the process at once. */
export function listenForInterruption(
  onFirst: (signal: string) => void,
  { requeue = false, leave = process.exit }: Ending = {},
): Interruption {
  const controller = new AbortController();
  let code: number | null = null;
  let rounds = 0;
  let timer: NodeJS.Timeout | undefined;
  const handlers = Object.entries(codes).map(([name, signalCode]) => {
    const exitCode = requeue ? requeueCode : signalCode;
    const handler = () => {
      if (code === null) {
        code = exitCode;
        timer = setInterval(() => rounds++, roundMilliseconds).unref();
        onFirst(name);
        controller.abort(new Interrupted(name, exitCode));
      } else if (rounds > sameRounds) {
        leave(exitCode);
      }
    };
    process.on(name, handler);
    return [name, handler] as const;
  });
  return {
    signal: controller.signal,
    exitCode: () => code,
    leaveBy(error) {
      if (code === null || error !== controller.signal.reason) throw error;
      process.exitCode = code;
    },
    dispose() {
      clearInterval(timer);
      handlers.forEach(([name, handler]) => process.off(name, handler));
    },
  };
}
