// From a part of a notebook to the lesson that explains it.
import { join } from 'node:path';
import { html, lessonTitles, type Html, type LessonId } from '@convbook/page';
import { runFiles } from '@convbook/run';
import { fileSize } from '@convbook/run/writing';

const lessonOf: Readonly<Record<string, LessonId>> = {
  result: 'train-here',
  'try-it': 'digit-two',
  mistakes: 'plain-network',
  filters: 'filters-by-hand',
  'feature-maps': 'channels',
  pixel: 'convolution',
  training: 'downhill',
  model: 'sizes',
  explanations: 'deeper-layers',
  configuration: 'many-workers',
};

/**
 * Address of the book of lessons; undefined where there is none.
 *
 * @param reports The folder of all runs.
 * @param way From the page to that folder, such as `../`.
 */
export function bookUnder(reports: string, way: string): string | undefined {
  const hasBook = fileSize(join(reports, 'lessons', runFiles.notebook)) !== null;
  return hasBook ? `${way}lessons/${runFiles.notebook}` : undefined;
}

/**
 * @param cell Anchor of the part.
 * @param book Address of the book; without it there is no link.
 */
export function lessonLink(cell: string, book: string | undefined): Html | null {
  const lesson = Object.hasOwn(lessonOf, cell) ? lessonOf[cell] : undefined;
  if (book === undefined || lesson === undefined) return null;
  const { en, ko } = lessonTitles[lesson];
  return html`<p class="note">
    ${{
      en: html`The lesson behind it: <a href="${book}#${lesson}">${en}</a>`,
      ko: html`배우기: <a href="${book}#${lesson}">${ko}</a>`,
    }}
  </p>`;
}
