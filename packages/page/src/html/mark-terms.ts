// The first use of a term in a part becomes a link to the glossary, in each language by itself.
import type { Term } from '../text/glossary.ts';
import { languages, type Language } from '../text/text.ts';
import { raw, type Html } from './html.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Elements whose running text is prose. */
const prose = new Set(['p', 'li', 'figcaption']);

/** Elements in which no word becomes a link. */
const closed = new Set(
  'a button code h1 h2 h3 h4 h5 h6 label legend nav option output pre select summary svg table'.split(
    ' ',
  ),
);

/** The rules for the text at a place, by the elements around it. */
interface Place {
  readonly name: string;
  readonly language: Language | null;
  readonly isProse: boolean;
  readonly isClosed: boolean;
}

const outside: Place = { name: '', language: null, isProse: false, isClosed: false };

/** Address of a term in the glossary of a language. */
export function termAnchor({ id }: Term, language: Language): string {
  return language === 'en' ? `term-${id}` : `term-${language}-${id}`;
}

/** The content of a part with links from the first use of each term in its prose. */
export function markTerms(content: Html, terms: readonly Term[]): Html {
  const markers = new Map(
    languages.map((language) => [language, createMarker(terms, language)] as const),
  );
  const open = [outside];
  let marked = '';
  for (const token of tokensOf(content.toString())) {
    const place = open[open.length - 1];
    const mark = place.language !== null && markers.get(place.language);
    const isMarked = token.kind === 'text' && place.isProse && !place.isClosed;
    marked += isMarked && mark ? mark(token.text) : token.text;
    if (token.kind === 'begin') open.push(enter(token, place));
    if (token.kind === 'end') leave(open, token.name);
  }
  return raw(marked);
}

function enter({ text, name }: Token, around: Place): Place {
  const language = languages.find((one) => text.includes(` lang="${one}"`)) ?? around.language;
  const isHidden = / class="(?:[^"]* )?hidden[ "]/.test(text);
  return {
    name,
    language,
    isProse: around.isProse || prose.has(name),
    isClosed: around.isClosed || closed.has(name) || isHidden,
  };
}

/** Leaves the innermost element of a name; nothing where none is open. */
function leave(open: Place[], name: string): void {
  const at = open.findLastIndex((place) => place.name === name);
  if (at > 0) open.length = at;
}

/** Marks, from text to text, each term once. */
function createMarker(terms: readonly Term[], language: Language): (text: string) => string {
  const byWord = new Map(
    terms.flatMap((term) => wordsOf(term, language).map((word) => [word.toLowerCase(), term])),
  );
  const words = [...byWord.keys()].sort((a, b) => b.length - a.length).map(escapePattern);
  const pattern = patterns[language](words.join('|'));
  const met = new Set<Term>();
  return (text) =>
    text.replaceAll(pattern, (shown: string, word: string) => {
      const term = byWord.get(word.toLowerCase());
      if (term === undefined || met.has(term)) return shown;
      met.add(term);
      return `<a class="term" href="#${termAnchor(term, language)}">${shown}</a>`;
    });
}

function wordsOf({ name, others }: Term, language: Language): readonly string[] {
  return [name[language], ...(others?.[language] ?? [])];
}

/** Endings of a Korean noun, one or two in a row: 합성곱은, 필터들의, 층에서는. */
const particles =
  '은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|마다|보다|부터|까지|처럼|이나|나|이며|며|이고|이란|란|입니다|이다|인|뿐';

/** Find the words as whole ones, in English also in the plural, in Korean with what a noun ends in, outside the link. */
const patterns: Readonly<Record<Language, (words: string) => RegExp>> = {
  en: (words) => new RegExp(`(?<![\\p{L}\\p{N}-])(${words})(?:e?s)?(?![\\p{L}\\p{N}-])`, 'giu'),
  ko: (words) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}-])(${words})(?=들?(?:${particles})?(?:는|은|도|만|의)?(?![\\p{L}\\p{N}-]))`,
      'giu',
    ),
};

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
