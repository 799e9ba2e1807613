import { evenly, gzipBytes, html, type Html } from '@convbook/page';
import type { Run } from '@convbook/run';
import { describeModel, type ModelDescription } from '@convbook/runtime/network';
import { worstMistakes } from '../analysis/evaluation.ts';
import { likeAndUnlike } from '../explain/chosen-samples.ts';
import { occluder } from '../explain/explain.ts';
import { toBase64 } from './base64.ts';
import type { LiveParts } from './live-parts.ts';

/** The data that the page's script reads. Bytes are base64, `gz` ones gzip before that. */
export interface LivePayload {
  description: ModelDescription;
  /** The plain build of the kernels: gradients of an answer need more than prediction does. */
  kernelsGz: string;
  /** `model.safetensors`. */
  weightsGz: string;
  /** Seed of the random weights before the first step. */
  seed: number;
  /** The occluding patch's byte, divided by 255. */
  fill: number;
  /** Places in the test set of the images that one may choose. */
  choice: readonly number[];
}

/** Right answers of each class and in all, and worst mistakes, that a page lets one choose at most. */
const most = { right: 2, allRight: 200, wrong: 20 };

/** Images a live page lets one choose, ascending: those it shows, some right ones of each class and the worst mistakes. */
export function choosableImages(run: Run): number[] {
  const { evaluation, samples } = run;
  if (evaluation === null || samples === null) return [];
  const { labels } = evaluation;
  const mistakes = worstMistakes(evaluation).map(({ index }) => index);
  const isWrong = new Set(mistakes);
  const found = new Map<number, number>();
  const right = [...samples.images.keys()].filter((index) => {
    if (isWrong.has(index)) return false;
    const count = (found.get(labels[index]) ?? 0) + 1;
    found.set(labels[index], count);
    return count <= most.right;
  });
  const wrong = mistakes.filter((index) => samples.images.has(index)).slice(0, most.wrong);
  const chosen = new Set([...likeAndUnlike(run), ...evenly(right, most.allRight), ...wrong]);
  return [...chosen].sort((a, b) => a - b);
}

/** The payload as an inert part of the page. */
export async function payloadElement(
  { trained, kernels, weightsGz }: LiveParts,
  { dataset }: Run,
  choice: readonly number[],
): Promise<Html> {
  const payload: LivePayload = {
    description: describeModel(trained.record),
    kernelsGz: toBase64(await gzipBytes(kernels)),
    weightsGz: toBase64(await weightsGz),
    seed: trained.record.configuration.seed,
    fill: occluder(dataset),
    choice,
  };
  return html`<template id="live-data">${JSON.stringify(payload)}</template>`;
}
