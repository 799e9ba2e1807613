// Markup that escapes itself: everything put into an html`…` template is text unless it is Html. A Text
// is put in once for each language: between tags as spans, of which the stylesheet shows one; as an
// attribute with its translation beside it, in `data-ko-…`, which a script exchanges.
import { isText, languages, type Text } from '../text/text.ts';

/** A piece of finished markup. Made by `html` or, for trusted text only, by `raw`. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A value that a template accepts. Strings and numbers are escaped; null, undefined and false print nothing. */
export type HtmlValue =
  Html | Text<HtmlValue> | string | number | null | undefined | false | readonly HtmlValue[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

/** Marks text as finished markup. Only for text that this package made or that a library escaped. */
export function raw(text: string): Html {
  return new Html(text);
}

/**
 * Template tag: escapes every value that is not Html. Attribute values must be quoted.
 *
 * @throws TypeError when a Text is not plain where it must be, or only a part of an attribute's value.
 */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let markup = '';
  parts.forEach((part, index) => {
    markup += part;
    const value = values[index];
    markup = isText(value) ? withText(markup, value) : markup + print(value);
  });
  return new Html(markup);
}

/** A text in each language as elements of which the stylesheet shows one. */
export function inEachLanguage(text: Text<HtmlValue>, element: 'span' | 'tspan' = 'span'): Html {
  const shown = languages.map(
    (language) => `<${element} lang="${language}">${print(text[language])}</${element}>`,
  );
  return raw(shown.join(''));
}

function withText(markup: string, text: Text<HtmlValue>): string {
  if (markup.lastIndexOf('<') > markup.lastIndexOf('>')) {
    const name = /\s([a-z-]+)="$/.exec(markup)?.[1] ?? '';
    const { en, ko } = plain(text, markup, name !== '');
    return `${markup}${en}" data-ko-${name}="${ko}`;
  }
  const [, element] = /<(title|option|text)\b[^>]*>\s*$/.exec(markup) ?? [];
  if (element === undefined) return `${markup}${inEachLanguage(text).toString()}`;
  if (element === 'text') return `${markup}${inEachLanguage(text, 'tspan').toString()}`;
  const { en, ko } = plain(text, markup, true);
  return `${markup.replace(/>\s*$/, ` data-ko="${ko}">`)}${en}`;
}

/** Both languages, escaped, for a place that can hold no elements. */
function plain({ en, ko }: Text<HtmlValue>, markup: string, isWhole: boolean): Text {
  if (!isWhole || typeof en !== 'string' || typeof ko !== 'string') {
    throw new TypeError(
      `html: expected two plain strings as a whole value, got ${JSON.stringify(en)} and ${JSON.stringify(ko)} after ${JSON.stringify(markup.trim().slice(-24))}; write the whole attribute in each language`,
    );
  }
  return { en: escapeHtml(en), ko: escapeHtml(ko) };
}

function print(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return isText(value) ? inEachLanguage(value).toString() : printAll(value);
}

function printAll(values: HtmlValue): string {
  return Array.isArray(values) ? values.map((value) => print(value as HtmlValue)).join('') : '';
}
