import { evenly, gzipBytes, html, type Html } from '@convbook/page';
import type { Run } from '@convbook/run';
import { describeModel, type ModelDescription } from '@convbook/runtime/network';
import { worstMistakes } from '../analysis/evaluation.ts';
import { likeAndUnlike } from '../explain/chosen-samples.ts';
import type { LiveParts } from './live-parts.ts';

/** The data that the page's script reads. Bytes are base64, `gz` ones gzip before that. */
export interface LivePayload {
  description: ModelDescription;
  kernels: string;
  /** `model.safetensors`. */
  weightsGz: string;
  /** Test images one after another, and their places and labels. */
  imagesGz: string;
  samples: readonly LiveSample[];
}

/** A test image of the page: its place in the test set, and its label. */
export interface LiveSample {
  index: number;
  label: number;
}

/** Right answers of each class and in all, worst mistakes, and bytes of images a page carries at most. */
const most = { right: 2, allRight: 200, wrong: 20, bytes: 1_000_000 };

/** Samples a live page lets one choose: those it shows, some right ones of each class and the worst mistakes. */
export function liveSamples(run: Run): LiveSample[] {
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
  const size = samples.shape.reduce((product, length) => product * length, 1);
  return [...new Set([...likeAndUnlike(run), ...evenly(right, most.allRight), ...wrong])]
    .slice(0, Math.floor(most.bytes / size))
    .sort((a, b) => a - b)
    .map((index) => ({ index, label: labels[index] }));
}

/** The payload as an inert part of the page. */
export async function payloadElement(
  run: Run,
  { trained, kernels, weightsGz }: LiveParts,
  chosen: readonly LiveSample[],
): Promise<Html> {
  const images = chosen.flatMap(({ index }) => Array.from(run.samples?.images.get(index) ?? []));
  const payload: LivePayload = {
    description: describeModel(trained.record),
    kernels: toBase64(kernels),
    weightsGz: toBase64(await weightsGz),
    imagesGz: toBase64(await gzipBytes(Uint8Array.from(images))),
    samples: chosen,
  };
  return html`<template id="live-data">${JSON.stringify(payload)}</template>`;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
