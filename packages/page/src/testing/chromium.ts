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

/** A browser that asks for nothing by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
