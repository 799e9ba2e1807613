import { pathToFileURL } from 'node:url';
import open from 'open';

/** Opens a file in the browser and does not wait for it. */
export async function openFile(path: string): Promise<void> {
  try {
    await open(pathToFileURL(path).href);
  } catch (error) {
    process.stderr.write(`--open: the browser could not be started, got ${String(error)}\n`);
  }
}
