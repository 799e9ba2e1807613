// The page of a run that goes on, made from what its directory holds by now.
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { createRunReader, runFiles } from '@convbook/run';
import { fileSize } from '@convbook/run/writing';
import { renderNotebook } from '../pages/notebook.ts';

export interface GrowingPage {
  /** The newest page as UTF-8, null before there is one. Kept once, however many read it. */
  readonly bytes: Buffer | null;
  /** Why the page could not be made when that was last tried, null where it could. */
  readonly problem: string | null;
  /**
   * Makes the page again where the run has grown, never twice at once; resolves to whether it is new.
   * Never rejects: an error becomes the `problem`, and what was made before stays.
   */
  refresh(): Promise<boolean>;
}

export interface GrowingPageOptions {
  /**
   * How many times as long as making a page took nothing is made after it: by default the page has at
   * most a tenth of the time, so that it takes little from training.
   */
  restPerWork?: number | undefined;
  /** Hears of an error that is not about what a file of the run says. */
  onDefect?: ((error: unknown) => void) | undefined;
}

export function createGrowingPage(
  directory: string,
  { restPerWork = 9, onDefect = () => undefined }: GrowingPageOptions = {},
): GrowingPage {
  const run = createRunReader(directory);
  let page: Buffer | null = null;
  let problem: string | null = null;
  let madeFrom = -1; // the size of the log
  let restUntil = 0;
  let making: Promise<boolean> | null = null;

  const tryToMake = async () => {
    try {
      const size = fileSize(join(directory, runFiles.metrics)) ?? 0;
      if (size === madeFrom) return false;
      page = Buffer.from(await renderNotebook(run.read(), null, null, { isGrowing: true }));
      madeFrom = size;
      problem = null;
      return true;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      // A log that is being cut back is such an error: the next look finds it whole. One of the system stays.
      const mayPass = error instanceof RunDirectoryError && error.cause === undefined;
      if (!mayPass) onDefect(error);
      return false;
    }
  };
  const make = async () => {
    const startedAt = performance.now();
    const isNew = await tryToMake();
    const now = performance.now();
    restUntil = now + restPerWork * (now - startedAt);
    making = null;
    return isNew;
  };
  return {
    get bytes() {
      return page;
    },
    get problem() {
      return problem;
    },
    async refresh() {
      if (making === null && performance.now() < restUntil) return false;
      making ??= make();
      return making;
    },
  };
}
