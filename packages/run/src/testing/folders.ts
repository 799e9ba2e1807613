// Folders for tests, removed afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

const create = () => mkdtempSync(path.join(tmpdir(), 'convbook-test-'));
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

/** A new, empty folder, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = create();
  onTestFinished(() => remove(folder));
  return folder;
}

/** A new, empty folder, removed after the tests of the file. */
export function temporaryDirectory(): string {
  const folder = create();
  afterAll(() => remove(folder));
  return folder;
}
