import { raw, type Html } from '@convbook/page';

/** Id of the element that carries a run's settings, data hashes and result in its notebook. */
export const capsuleId = 'run-record';

/**
 * The record of a run as an inert part of its notebook, from which `pnpm verify` trains the run again. No
 * browser runs a script of this type, and the text cannot end it.
 *
 * @param recordText The text of a run.json without paths.
 */
export function capsuleElement(recordText: string): Html {
  const json = JSON.stringify(JSON.parse(recordText)).replaceAll('<', '\\u003c');
  return raw(`<script type="application/json" id="${capsuleId}">${json}</script>`);
}
