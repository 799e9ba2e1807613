// How busy others keep the machine: its busy time less that of the measured process.
import { cpus } from 'node:os';

/** Runs `action` and tells how many cores others used meanwhile; `ownSeconds` is its CPU time. */
export async function withForeignCores<Value>(
  action: () => Promise<{ value: Value; ownSeconds: number }>,
): Promise<{ value: Value; foreignCores: number }> {
  const [busy, startedAt] = [busySeconds(), performance.now()];
  const { value, ownSeconds } = await action();
  const seconds = (performance.now() - startedAt) / 1000;
  return { value, foreignCores: Math.max(0, (busySeconds() - busy - ownSeconds) / seconds) };
}

/** Seconds all cores were busy since the machine started. */
function busySeconds(): number {
  const times = cpus().map((core) => core.times);
  return times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0) / 1000;
}
