import type { Language } from '../text/text.ts';

const entities: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  amp: '&',
};

/** Markup as the text a reader of a language sees. */
export function pageText(markup: string, language: Language = 'en'): string {
  return inLanguage(markup, language)
    .replaceAll(/<(style|script|template)\b.*?<\/\1>/gs, '')
    .replaceAll(/<\/t[dh]>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&([#\w]+);/g, (entity, name: string) => entities[name] ?? entity);
}

/** Markup without the spans of the other language, whose spans may hold others. */
function inLanguage(markup: string, language: Language): string {
  const hidden = `lang="${language === 'en' ? 'ko' : 'en'}"`;
  const kept: string[] = [];
  let depth = 0;
  for (const piece of markup.split(/(<\/?t?span\b[^>]*>)/)) {
    const isTag = /^<\/?t?span\b/.test(piece);
    if (depth > 0) depth += isTag ? (piece.startsWith('</') ? -1 : 1) : 0;
    else if (isTag && piece.includes(hidden)) depth = 1;
    else kept.push(piece);
  }
  return kept.join('');
}

/** Source of the TypeScript blocks of a page. */
export function pageSources(markup: string): string[] {
  return [...markup.matchAll(/<pre\s+class="code"[^>]*>(.*?)<\/pre>/gs)].map(([, block]) =>
    pageText(block),
  );
}
