/// <reference lib="dom" />
// The data that the page carries for its scripts, read once.
import { find, unzip } from '@convbook/page/browser';
import {
  createPredictor,
  loadNetwork,
  type ModelDescription,
  type Network,
  type Predictor,
} from '@convbook/runtime/network';
import type { LivePayload } from './payload.ts';
import { decodeTestSet, type TestSet, type TestSetPayload } from './test-set.ts';

/** The trained model of a page. */
export interface LiveModel {
  readonly description: ModelDescription;
  readonly network: Network;
  readonly predictor: Predictor;
  /** Places in the test set of the images that one may choose. */
  readonly choice: readonly number[];
  /** Seed of the random weights before the first step. */
  readonly seed: number;
  /** The occluding patch's byte, divided by 255. */
  readonly fill: number;
}

/** The model; null where the page was made without it. */
export async function readLiveModel(): Promise<LiveModel | null> {
  const payload = payloadOf<LivePayload>('#live-data');
  if (payload === null) return null;
  const { description, choice, seed, fill } = payload;
  const files = { model: description, weights: await unzip(payload.weightsGz) };
  const kernels = unzip(payload.kernelsGz).then((bytes) => WebAssembly.compile(bytes));
  const { network } = await loadNetwork(files, kernels);
  return { description, network, predictor: createPredictor(network), choice, seed, fill };
}

/** The test set; null where the run had none yet. */
export async function readTestSet(): Promise<TestSet | null> {
  const payload = payloadOf<TestSetPayload>('#test-set');
  if (payload === null) return null;
  const [answers, images] = await Promise.all([unzip(payload.answersGz), unzip(payload.imagesGz)]);
  return decodeTestSet(payload, {
    answers,
    images,
  });
}

/** The JSON in a template of the page; null where the page has none. */
export function payloadOf<Payload>(selector: string): Payload | null {
  if (!document.querySelector(selector)) return null;
  return JSON.parse(find<HTMLTemplateElement>(selector).content.textContent) as Payload;
}
