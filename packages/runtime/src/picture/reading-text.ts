import type { PictureReading } from './reading.ts';
import { doubtsOf, pictureSteps } from './words.ts';

/** How a picture was read, and why the answer to it is doubtful, as one line in each language. */
export function readingText(
  { steps, doubts }: Pick<PictureReading, 'steps' | 'doubts'>,
  probabilities: readonly number[],
): { readonly en: string; readonly ko: string } {
  const done = steps.map((step) => pictureSteps[step]);
  const why = doubtsOf(doubts, probabilities);
  const lineIn = (language: 'en' | 'ko', doubtful: string) => {
    const reasons = why.map((doubt) => doubt[language]).join(', ');
    const parts = [done.map((step) => step[language]).join(', '), reasons && doubtful + reasons];
    return parts.filter(Boolean).join('. ');
  };
  return { en: lineIn('en', 'Doubtful: '), ko: lineIn('ko', '불확실함: ') };
}
