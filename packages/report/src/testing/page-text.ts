const entities: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  amp: '&',
};

/** Markup as the text a reader sees. */
export function pageText(markup: string): string {
  return markup
    .replaceAll(/<(style|script|template)\b.*?<\/\1>/gs, '')
    .replaceAll(/<\/t[dh]>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&([#\w]+);/g, (entity, name: string) => entities[name] ?? entity);
}

/** Source of the TypeScript blocks of a page. */
export function pageSources(markup: string): string[] {
  return [...markup.matchAll(/<pre\s+class="code"[^>]*>(.*?)<\/pre>/gs)].map(([, block]) =>
    pageText(block),
  );
}
