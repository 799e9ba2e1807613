import { fileCalls, type BeforeFileCall } from '@convbook/run/writing';
import type { InjectedCheckpointFault } from './injected-faults.ts';

/**
 * Called once for each checkpoint: what is to happen before its file calls, undefined where nothing
 * is.
 */
export type NextCheckpointFault = () => BeforeFileCall | undefined;

export function createCheckpointInjection(
  faults: readonly InjectedCheckpointFault[],
): NextCheckpointFault {
  let checkpoint = 0;
  return () => {
    checkpoint++;
    const due = faults.filter((fault) => fault.checkpoint === checkpoint);
    if (due.length === 0) return undefined;
    return (call) => {
      const number = call === 'done' ? fileCalls.length + 1 : fileCalls.indexOf(call) + 1;
      for (const fault of due) if (fault.call === number) strike(fault.kind);
    };
  };
}

function strike(kind: InjectedCheckpointFault['kind']): void {
  if (kind === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
  throw Object.assign(new Error(`${kind}: injected`), { code: kind });
}
