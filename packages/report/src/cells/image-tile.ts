import { html, type Html, type Text } from '@convbook/page';
import { pictureImage, samplePicture } from '@convbook/page/images';

/** An image of the data set and its name; the picture may lead on, as `around` has it. */
export function tile(
  bytes: ArrayLike<number>,
  sampleShape: readonly number[],
  name: Text | string,
  description: Text,
  around: (picture: Html) => Html = (picture) => picture,
): Html {
  return html`<figure>
    ${around(pictureImage(samplePicture(bytes, sampleShape), description))} ${nameCaption(name)}
  </figure> `;
}

/** A name under a picture: of a long one three lines, and all of it as its title. */
export function nameCaption(name: Text | string): Html {
  return html`<figcaption>
    <span ${typeof name === 'string' && html`title="${name}"`}>${name}</span>
  </figcaption>`;
}
