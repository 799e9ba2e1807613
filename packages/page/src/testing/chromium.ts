import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { describe } from 'vitest';

const executablePath = '/usr/bin/chromium';
const isMissing = !existsSync(executablePath);

/** A group of tests that need Chromium, left out with the reason in its name where there is none. */
export function describeInChromium(name: string, tests: () => void): void {
  const reason = isMissing ? ` (skipped: there is no ${executablePath})` : '';
  describe.skipIf(isMissing)(`${name}${reason}`, tests);
}

/** Words that give Chromium a camera which shows a test pattern, and let pages have it. */
export const fakeCamera = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
] as const;

/** A browser that asks for nothing by itself. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...more],
  });
}
