import { html, type Html } from '../html/html.ts';
import type { Text } from '../text/text.ts';
import { toPngUrl, type Picture } from './png.ts';

/** A picture at its own size, its pixels kept sharp; `style` adds classes. */
export function pictureImage(picture: Picture, alt: Text | string, style = ''): Html {
  const { width, height } = picture;
  return html`<img
    class="${['pixels', style].join(' ').trimEnd()}"
    src="${toPngUrl(picture)}"
    alt="${alt}"
    width="${width}"
    height="${height}"
  />`;
}
