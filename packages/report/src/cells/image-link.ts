import { html, type Html, type HtmlValue } from '@convbook/page';

/** A picture of a test image as a link that opens the image: see `live/inspector.ts`. */
export function imageLink(index: number, content: HtmlValue): Html {
  return html`<a class="image-link" href="#image=${index}" data-image="${index}">${content}</a>`;
}
