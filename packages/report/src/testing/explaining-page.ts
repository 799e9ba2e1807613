/// <reference lib="dom" />
// Evaluated in a notebook by a test: what the page's model and kernels compute there.
import type { Method } from '../explain/explain.ts';
import { createExplainer } from '../live/explainer.ts';
import { inTurns } from '../live/in-turns.ts';
import { readLiveModel } from '../live/page-data.ts';

/** The maps of an image, by the trained network and by the random one. */
async function mapsInPage(method: Method, bytes: readonly number[], ofClass: number) {
  const model = await readLiveModel();
  if (model === null) throw new Error('the page has no model');
  const explainer = createExplainer(model);
  const image = Uint8Array.from(bytes);
  const work = () => explainer.maps(method, image, ofClass);
  const { trained, untrained } = await inTurns(work, new AbortController().signal);
  return [[...trained], [...untrained]];
}

Object.assign(globalThis, { mapsInPage });
