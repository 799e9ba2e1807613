// A spec may hold a Text wherever vega-lite takes a string: as a title, or as a value of its data.
import { escapeHtml, inEachLanguage } from '../html/html.ts';
import { isText, type Language, type Text } from '../text/text.ts';

/** Ends a text that is to be translated, and no name: invisible, and hardly ever written. */
const mark = '\u2063';

/** The spec in one language. */
export function inLanguage(spec: object, language: Language): object {
  return replaceTexts(spec, (text) => text[language]);
}

/** The spec in English with its texts marked, and what translates them in the SVG drawn of it. */
export function markTexts(spec: object) {
  const texts = new Map<string, Text>();
  const marked = replaceTexts(spec, (text) => {
    texts.set(escapeHtml(text.en), text);
    return text.en + mark;
  });
  const translate = (svg: string) =>
    svg.replace(/>([^<>]*)\u2063</g, (_, shown: string) => {
      const text = texts.get(shown);
      return `>${text === undefined ? shown : inEachLanguage(text, 'tspan').toString()}<`;
    });
  return { marked, translate };
}

/** Korean of every text in a value, by its English; names are left out. */
export function koreanOf(value: object): Record<string, string> {
  const found: Record<string, string> = {};
  replaceTexts(value, ({ en, ko }) => {
    if (en !== ko) found[en] = ko;
    return en;
  });
  return found;
}

function replaceTexts(spec: object, replace: (text: Text) => string): object {
  const visit = (value: unknown): unknown => {
    if (isText(value)) return replace(value as Text);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visit(part)]));
  };
  return visit(spec) as object;
}
