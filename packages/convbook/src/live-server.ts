// The process behind --live: serves the notebook of the run that its parent trains.
import { writeFileSync } from 'node:fs';
import { printable } from '@convbook/core/checks';
import { serveRun, type ServedRun } from '@convbook/report/serve';
import type { LiveMessage } from './live-notebook.ts';

const [directory, port] = process.argv.slice(2);

// Without its parent no run grows. The parent may have ended before this listener was added.
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit();

volunteer();

let isDefectTold = false;

/** Reports once that the page cannot be made; it is tried again as the run grows. */
function onDefect(error: unknown): void {
  if (isDefectTold) return;
  isDefectTold = true;
  void tell({ problem: `the page could not be made, got ${lineOf(error)}` });
}

async function serve(): Promise<ServedRun> {
  try {
    return await serveRun(directory, Number(port), { onDefect });
  } catch (error) {
    await tell({ problem: `no page is served, got ${lineOf(error)}` });
    process.exit();
  }
}

/** Resolves once the parent has the message, or is gone. */
function tell(message: LiveMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

/** Makes Linux end this process, not the training, when memory runs out. */
function volunteer(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not Linux.
  }
}

function lineOf(error: unknown): string {
  return printable(String(error));
}

const { address, isElsewhere, finish } = await serve();
process.on('message', () => {
  void finish()
    .catch(onDefect)
    .finally(() => process.exit());
});
await tell({ address, isElsewhere });
