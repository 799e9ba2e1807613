import { html, type Html, type Text } from '@convbook/page';
import { pictureImage, samplePicture } from '@convbook/page/images';

/** An image of the data set and its name. */
export function tile(
  bytes: ArrayLike<number>,
  sampleShape: readonly number[],
  name: Text | string,
  description: Text,
): Html {
  return html`<figure>
    ${pictureImage(samplePicture(bytes, sampleShape), description)} ${nameCaption(name)}
  </figure> `;
}

/** A name under a picture: of a long one three lines, and all of it as its title. */
export function nameCaption(name: Text | string): Html {
  return html`<figcaption>
    <span ${typeof name === 'string' && html`title="${name}"`}>${name}</span>
  </figcaption>`;
}
