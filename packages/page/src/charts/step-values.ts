// Every step's value of a curve, for a page's script: four bytes a step, where a spec takes about sixty.
import { html, type Html } from '../html/html.ts';
import { fromBase64 } from '../text/base64.ts';
import type { WeightedPoint } from './series.ts';

/** The values as an inert part of the page; null where the steps do not follow each other evenly. */
export function stepValues(points: readonly WeightedPoint[], stepsPerUnit: number): Html | null {
  const steps = points.map(({ x }) => Math.round(x * stepsPerUnit));
  const [stride, last] = [steps[0], steps[steps.length - 1]];
  const isEven = steps.every((step, k) => step === Math.min((k + 1) * stride, last));
  if (!isEven) return null;
  const bytes = Buffer.from(Float32Array.from(points, ({ y }) => y).buffer);
  const text = bytes.toString('base64');
  return html`<template data-stride="${stride}" data-last="${last}">${text}</template>`;
}

/** The points that `stepValues` wrote. */
export function readStepValues(
  text: string,
  { stride, last, stepsPerUnit }: { stride: number; last: number; stepsPerUnit: number },
): WeightedPoint[] {
  return Array.from(new Float32Array(fromBase64(text).buffer), (y, k) => {
    const step = Math.min((k + 1) * stride, last);
    return { x: step / stepsPerUnit, y, weight: step - k * stride };
  });
}
