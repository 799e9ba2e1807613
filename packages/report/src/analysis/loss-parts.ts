// The training loss of a run in parts, each the mean over the images of some steps.
import type { Run } from '@convbook/run';

/**
 * What a part needs so that no single batch decides its mean: near the first loss that of 200 images varies by
 * less than a tenth.
 */
const least = { steps: 5, samples: 200 };

/** Into how many parts the steps can be cut so that the mean of each tells something. */
export function mostParts(steps: Run['steps']): number {
  const samples = steps.reduce((sum, step) => sum + step.samples, 0);
  return Math.max(1, Math.floor(Math.min(steps.length / least.steps, samples / least.samples)));
}

/** Mean losses of about `count` parts, in their order; the last part ends with the last step. */
export function lossParts(steps: Run['steps'], count: number): number[] {
  const size = Math.max(1, Math.floor(steps.length / count));
  return Array.from({ length: Math.floor(steps.length / size) }, (_, k) => {
    const end = steps.length - k * size;
    return meanLoss(steps.slice(end - size, end));
  }).reverse();
}

/** A batch counts by its images: the last one of an epoch may have few. */
function meanLoss(steps: Run['steps']): number {
  const samples = steps.reduce((sum, step) => sum + step.samples, 0);
  return steps.reduce((sum, step) => sum + step.samples * step.loss, 0) / samples;
}
