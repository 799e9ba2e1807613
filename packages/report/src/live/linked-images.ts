import type { Html } from '@convbook/page';

const links = /data-image="(\d+)"|data-images="([\d ]+)"/g;

/** Places in the test set of the images to which parts of a page have links, each once, in the page's order. */
export function linkedImages(parts: readonly { readonly content: Html }[]): number[] {
  const found = parts.flatMap(({ content }) => [...String(content).matchAll(links)]);
  const indexes = found.flatMap(([, one, several]) => (several ?? one).split(' ').map(Number));
  return [...new Set(indexes)];
}
