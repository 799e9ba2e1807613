import { html, type Html } from './html.ts';
import { pictureImage } from './images/picture-image.ts';
import { samplePicture } from './images/png.ts';
import type { Samples } from './run/run.ts';

/** What is said of a test image below it. */
export interface SampleCaption {
  readonly said: Html;
  readonly isRight: boolean;
  readonly label: Html;
}

/** A test image with what a model says of it and its label. */
export function sampleCard(
  { images, shape }: Samples,
  index: number,
  alt: string,
  { said, isRight, label }: SampleCaption,
): Html {
  const picture = samplePicture(images.get(index) as Uint8Array, shape);
  return html`<figure class="mistake">
    ${pictureImage(picture, alt)}
    <figcaption>
      <span ${!isRight && html`class="said"`}>${said}</span>
      <span>${label}</span>
      <span class="index">#${index}</span>
    </figcaption>
  </figure> `;
}
