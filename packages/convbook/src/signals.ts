/** The early end of a run by a signal, and its exit code. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 130 or 143 once a signal came, else null. */
  exitCode(): number | null;
  /** Sets that exit code where the signal is the reason of an error; throws any other error. */
  leaveBy(error: unknown): void;
  dispose(): void;
}

const codes = { SIGINT: 130, SIGTERM: 143 } as const;

// pnpm passes Ctrl+C on, and the terminal sends it too: two signals within a second count as one. The
// second is counted in rounds of the event loop, because a busy loop receives a signal late.
const roundMilliseconds = 100;
const sameRounds = 10;

/** The first SIGINT or SIGTERM aborts the signal; a later second one ends the process at once. */
export function listenForInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  let code: number | null = null;
  let rounds = 0;
  let timer: NodeJS.Timeout | undefined;
  const handlers = Object.entries(codes).map(([name, exitCode]) => {
    const handler = () => {
      if (code === null) {
        code = exitCode;
        timer = setInterval(() => rounds++, roundMilliseconds).unref();
        onFirst();
        controller.abort();
      } else if (rounds > sameRounds) {
        process.exit(exitCode);
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
