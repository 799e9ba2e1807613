import type { Html } from '@convbook/page';

type Parts = readonly { readonly content: Html }[];

const links = /data-image="(\d+)"|data-images="([\d ]+)"/g;

const points = /data-indexes="([\d ]+)"/g;

/** Places in the test set of the images to which parts of a page have links, each once, in the page's order. */
export function linkedImages(parts: Parts): number[] {
  const found = parts.flatMap(({ content }) => [...String(content).matchAll(links)]);
  const indexes = found.flatMap(([, one, several]) => (several ?? one).split(' ').map(Number));
  return [...new Set(indexes)];
}

/** Places in the test set of the images that are points of a map. */
export function mappedImages(parts: Parts): number[] {
  const found = parts.flatMap(({ content }) => [...String(content).matchAll(points)]);
  return found.flatMap(([, indexes]) => indexes.split(' ').map(Number));
}
