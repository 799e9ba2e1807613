import { inLanguages, type Text } from '@convbook/page/text';
import { doubtsOf, pictureSteps, type PictureReading } from '@convbook/runtime';

/** How a picture was read, and why the answer to it is doubtful, as one line. */
export function readingText(
  { steps, doubts }: Pick<PictureReading, 'steps' | 'doubts'>,
  probabilities: readonly number[],
): Text {
  const found = doubtsOf(doubts, probabilities);
  const doubtful = { en: 'Doubtful', ko: '불확실함' };
  return inLanguages((language) => {
    const done = steps.map((step) => pictureSteps[step][language]).join(', ');
    const why = found.map((doubt) => doubt[language]).join(', ');
    return [done, ...(why === '' ? [] : [`${doubtful[language]}: ${why}`])]
      .filter(Boolean)
      .join('. ');
  });
}
