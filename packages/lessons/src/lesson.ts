import type { Html, HtmlValue, Text } from '@convbook/page/markup';
import type { LessonId } from '@convbook/page/text';
import type { AnyFigure } from './figure/figure.ts';

/** A text that readers have beside the book. */
export type Source = 'A' | 'B' | 'C' | 'D' | 'E';

/** A question at the end of a lesson; its answer is computed. */
export interface Check {
  readonly question: Text<HtmlValue>;
  readonly answer: number;
  /** Decimals that the question asks for; the default is an exact answer. */
  readonly decimals?: number;
  /** How the answer comes about. */
  readonly why: Text<HtmlValue>;
}

/** Bytes that figures of the page read. */
type BookData = () => Uint8Array | Promise<Uint8Array>;

/** A lesson of the book. */
export interface Lesson {
  /** Anchor in the book. */
  readonly id: LessonId;
  /** The question that the lesson answers. */
  readonly question: Text<HtmlValue>;
  /** Prose and figures, in their order. */
  readonly parts: readonly LessonPart[];
  /** Findings that a reader should make by playing. */
  readonly notice: readonly Text<HtmlValue>[];
  readonly checks: readonly Check[];
  /** Name of a program in `assets/`, such as `pooling.example.ts`. */
  readonly example: string;
  /** Data that its figures name; lessons that share some give the same function. */
  readonly data?: Readonly<Record<string, BookData>>;
  /** A part of every notebook, such as `filters`, that shows the same of a reader's own run. */
  readonly notebook?: string;
  /** Places in the texts that say it. */
  readonly sources: readonly { readonly source: Source; readonly where: Text }[];
  /** Slips in the texts. */
  readonly slips?: readonly Text<HtmlValue>[];
}

export type LessonPart =
  { readonly prose: Html } | { readonly figure: AnyFigure; readonly caption: Text<HtmlValue> };
