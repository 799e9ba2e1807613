/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Links to test images: which one a click means, and which others stand in the same list.

/** A link to an image, where it stands and what stands beside it. */
export interface ImageChoice {
  readonly index: number;
  /** Places in the test set, in the order of the page, this one among them; none where it stands alone. */
  readonly list: readonly number[];
}

/** The image that a link means, at a place of the window where it is a sheet of several; null is the first one. */
export function chosenIn(link: HTMLElement, place: { x: number; y: number } | null): ImageChoice {
  const { image, images, perLine } = link.dataset;
  if (images === undefined) return { index: Number(image), list: listOf(link) };
  const list = [...new Set(images.split(' ').map(Number))];
  const columns = Number(perLine);
  const frame = (link.querySelector('img') ?? link).getBoundingClientRect();
  if (place === null) return { index: list[0], list };
  const [right, down] = [place.x - frame.left, place.y - frame.top];
  const column = Math.min(columns - 1, Math.floor((right * columns) / frame.width));
  const row = Math.floor((down * columns) / frame.height);
  return { index: list[row * columns + column] ?? list[0], list };
}

/** The images in the list that a link stands in, those that show, each once; none where there is no list. */
function listOf(link: HTMLElement): number[] {
  const links = link.closest('[data-image-list]')?.querySelectorAll<HTMLElement>('a[data-image]');
  const shown = [...(links ?? [])].filter((one) => one === link || one.checkVisibility());
  return [...new Set(shown.map(({ dataset }) => Number(dataset.image)))];
}

/**
 * The link that has the focus after an image was looked at: its own in the list of the link that opened it, or
 * that link; where neither shows, another of the image.
 */
export function linkTo(index: number, opener: HTMLElement | null): HTMLElement | null {
  const links = `a[data-image="${index}"]`;
  const list = opener?.closest('[data-image-list]');
  const beside = list?.querySelector<HTMLElement>(links) ?? null;
  const others = document.querySelectorAll<HTMLElement>(links);
  return [beside, opener, ...others].find((one) => one?.checkVisibility()) ?? null;
}

/** The image that an address names, not a number where it names none that way; null where it is another address. */
export function imageInAddress(hash: string): number | null {
  const found = /^#image=(.*)$/.exec(hash);
  if (found === null) return null;
  return /^\d{1,9}$/.test(found[1]) ? Number(found[1]) : NaN;
}
