import { detectLauncher } from '@convbook/mpi';
import { say, style } from 'convbook/progress';

/** Warns where a launcher started several processes that do not measure together: they take cores from each other. */
export function sayIfLaunched(): void {
  const { rank, ranks } = detectLauncher() ?? { rank: 0, ranks: 1 };
  if (ranks === 1 || rank > 0) return;
  const text = `a launcher started ${ranks} processes, and each measures by itself; --ranks measures them together`;
  say(style('yellow', text));
}
