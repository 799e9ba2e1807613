import type { Html, Text } from '@convbook/page';
import type { Run } from '@convbook/run';
import type { Networks } from '../explain/networks.ts';
import type { LiveParts } from '../live/live-parts.ts';

/** One numbered part of the notebook. */
export interface Cell {
  /** Anchor in the page, and prefix of the ids of its figures. */
  id: string;
  /** Short heading. */
  title: Text | string;
  /**
   * The content under the heading, or null when the cell does not apply to this run.
   *
   * @param live The trained model and the kernels, null where the page carries none.
   * @param networks What the run's network computes, null where the run has no model yet.
   */
  render(
    run: Run,
    live: LiveParts | null,
    networks: Networks | null,
  ): Html | null | Promise<Html | null>;
}
