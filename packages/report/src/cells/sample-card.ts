import { html, type Html, type HtmlValue, type Text } from '@convbook/page';
import { pictureImage, samplePicture } from '@convbook/page/images';
import type { Samples } from '@convbook/run';
import { imageLink } from './image-link.ts';

/** The caption of a test image. */
export interface SampleCaption {
  readonly said: HtmlValue;
  readonly isRight: boolean;
  readonly label: HtmlValue;
  /** Whether its picture leads to the inspector, which a comparison lacks; default true. */
  readonly isLinked?: boolean;
}

/** The class that a model predicts. */
export function says(name: string): Text<Html> {
  return { en: html`predicted <b>${name}</b>`, ko: html`예측 <b>${name}</b>` };
}

/** The class that the data set names. */
export function labelled(name: string): Text<Html> {
  return { en: html`label <b>${name}</b>`, ko: html`정답 <b>${name}</b>` };
}

/** Alternative text of a test image: its place, its label and a prediction. */
export function sampleAlt(index: number, label: string, answer: string): Text {
  return {
    en: `Test image ${index}, label ${label}, predicted as ${answer}`,
    ko: `시험 이미지 ${index}, 정답 ${label}, 예측 ${answer}`,
  };
}

/** A test image with a prediction and its label. */
export function sampleCard(
  { images, shape }: Samples,
  index: number,
  alt: Text,
  { said, isRight, label, isLinked = true }: SampleCaption,
): Html {
  const picture = pictureImage(samplePicture(images.get(index) as Uint8Array, shape), alt);
  return html`<figure class="mistake">
    ${isLinked ? imageLink(index, picture) : picture}
    <figcaption>
      <span ${!isRight && html`class="said"`}>${said}</span>
      <span>${label}</span>
      <span class="index">#${index}</span>
    </figcaption>
  </figure> `;
}
