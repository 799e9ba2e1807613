import { createDecodingProgress, type DecodingProgress } from './decoding-progress.ts';
import { toProgressKind } from './progress.ts';
import { listenForInterruption } from './signals.ts';

/** The progress of decoding, and a signal that ends what goes on. */
export interface Watch {
  readonly decoding: DecodingProgress;
  readonly signal: AbortSignal;
}

/** Does work that decodes pictures; where Ctrl+C ends it, or came during it, the exit code is set. */
export async function whileDecoding(work: (watch: Watch) => Promise<void>): Promise<void> {
  const decoding = await createDecodingProgress(toProgressKind('auto'));
  const interruption = listenForInterruption(() => decoding.stop());
  try {
    await work({ decoding, signal: interruption.signal });
  } catch (error) {
    interruption.leaveBy(error);
  } finally {
    decoding.stop();
    process.exitCode = interruption.exitCode() ?? process.exitCode;
    interruption.dispose();
  }
}
