import { html, type Html } from '../html/html.ts';
import type { Text } from '../text/text.ts';
import { toPngUrl, type Picture } from './png.ts';

/** A picture at its own size, its pixels kept sharp; `style` adds classes. One with opacity takes on the theme. */
export function pictureImage(picture: Picture, alt: Text | string, style = ''): Html {
  const { width, height, channels } = picture;
  const classes = ['pixels', channels === 4 ? 'tinted' : '', style].filter(Boolean).join(' ');
  return html`<img
    class="${classes}"
    src="${toPngUrl(picture)}"
    alt="${alt}"
    width="${width}"
    height="${height}"
  />`;
}
