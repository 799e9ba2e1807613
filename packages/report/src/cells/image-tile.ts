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
    ${pictureImage(samplePicture(bytes, sampleShape), description)}
    <figcaption>${name}</figcaption>
  </figure> `;
}
