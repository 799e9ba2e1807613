// A whole training job in a process of its own, watched for the moment it reaches a test accuracy.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Job {
  /** Seconds until the target was reached; null where it never was. */
  readonly reached: number | null;
  readonly seconds: number;
  /** After the last epoch. */
  readonly testAccuracy: number;
}

/**
 * Runs a command that prints lines of JSON, `{"event": "epoch", "testAccuracy": 0.98}` after each epoch.
 *
 * @throws Error when the exit code is not 0.
 */
export async function runJob(
  command: string,
  words: readonly string[],
  target: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Job> {
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  // Nothing can be read before the process exists: an error here is that of the command.
  await once(child, 'spawn');
  const closed = once(child, 'close');
  let [reached, testAccuracy]: [number | null, number] = [null, 0];
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line) as { event: string; testAccuracy?: number };
    if (event.event !== 'epoch' || event.testAccuracy === undefined) continue;
    testAccuracy = event.testAccuracy;
    if (testAccuracy >= target) reached ??= elapsed();
  }
  const [code] = (await closed) as [number | null];
  if (code === 0) return { reached, seconds: elapsed(), testAccuracy };
  throw new Error(
    `${command}: expected exit code 0, got ${code ?? 'a signal'}; its own message is above`,
  );
}
