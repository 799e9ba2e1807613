// Answers as a table of 80 columns: file, class name, probability.
import { printable } from '@convbook/core/checks';
import { doubtsOf, type Answer, type PictureDoubt } from '@convbook/runtime/network';
import stringWidth from 'string-width';
import { fill, shorten } from './fit-text.ts';

/** An image that was given. */
export interface Source {
  /** Its file as typed, or `#7` of the test set. */
  source: string;
  /** Class name of a test image's label. */
  label?: string;
  /** How a picture was read, in one line. */
  picture?: string;
  doubts?: readonly PictureDoubt[];
}

/** The words of a table: known before the first answer, so that it is written line by line. */
export interface TableWords {
  readonly sources: readonly string[];
  readonly classNames: readonly string[];
  /** Classes for each image. */
  readonly top: number;
  /** Whether an image says how it was read, unless the one above was read in the same way. */
  readonly isRead: boolean;
}

/** Writes the lines of a table. */
export interface AnswerTable {
  readonly head: string;
  lines(source: Source, answer: Answer): string;
}

const columns = 80;
const probabilityWidth = '  probability'.length;
/** The names of files have at least so many columns where class names are long. */
const leastWidth = 32;

/** A table with columns as wide as their longest words, at most 80 columns in all. */
export function answerTable({ sources, classNames, top, isRead }: TableWords): AnswerTable {
  const room = columns - probabilityWidth - 2;
  const classWidth = widest(['class', ...classNames], room - leastWidth);
  const sourceWidth = widest(['image', ...sources], room - classWidth);
  const row = (source: string, name: string, probability: string) =>
    fill(source, sourceWidth) +
    `  ${fill(name, classWidth)}${probability.padStart(probabilityWidth)}`;
  let readAbove: string | undefined;
  return {
    head: row('image', 'class', 'probability'),
    lines({ source, label, picture, doubts = [] }, { probabilities, top: classes }) {
      const rows = classes
        .slice(0, top)
        .map(({ className, probability }, place) =>
          row(
            place === 0 ? printable(source) : '',
            printable(className),
            `${(100 * probability).toFixed(2)}%`,
          ),
        );
      const isNews = isRead && picture !== undefined && picture !== readAbove;
      readAbove = picture;
      const notes = [
        ...(label === undefined ? [] : [`label: ${label}`]),
        ...(isNews ? [`read: ${picture}`] : []),
        ...doubtsOf(doubts, probabilities).map(({ en }) => `doubtful: ${en}`),
      ];
      return [...rows, ...notes.map((note) => shorten(`  ${printable(note)}`, columns))].join('\n');
    },
  };
}

function widest(words: readonly string[], most: number): number {
  return words.reduce(
    (width, word) => Math.max(width, Math.min(most, stringWidth(printable(word)))),
    0,
  );
}
