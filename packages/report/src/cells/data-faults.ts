// What is wrong with the images of the data set, with the first images of each fault.
import { formatCount, html, type Html, type Text } from '@convbook/page';
import { pictureImage, samplePicture } from '@convbook/page/images';
import type { DatasetRecord, ShownFault, ShownPlace } from '@convbook/run';
import { imageLink } from './image-link.ts';

/**
 * The faults; a sentence where there are none, nothing for a run that did not look.
 *
 * @param opens Whether the page has the test set, whose images then open.
 */
export function dataFaults(dataset: DatasetRecord, opens: boolean): Html | Html[] | null {
  const { faults } = dataset;
  if (faults === undefined) return null;
  if (faults.found.length > 0)
    return faults.found.map((fault) => faultFigure(dataset, fault, opens));
  return html`<p>
    ${{
      en: 'No image is in both sets, none repeats another, and none is of a single colour.',
      ko: '훈련용과 시험용에 함께 있는 이미지, 반복되는 이미지, 한 가지 색뿐인 이미지는 없습니다.',
    }}
  </p>`;
}

const sentences: Readonly<Record<ShownFault['kind'], (count: string) => Text>> = {
  leak: (count) => ({
    en: `Training images that are also test images: ${count}. They make the test too easy.`,
    ko: `시험 이미지와 똑같은 훈련 이미지: ${count}장. 시험이 너무 쉬워집니다.`,
  }),
  conflict: (count) => ({
    en: `Images that have a copy with another label: ${count}. One of the labels is wrong, or the classes overlap.`,
    ko: `똑같은데 레이블이 다른 이미지: ${count}장. 레이블 하나가 틀렸거나 클래스가 겹칩니다.`,
  }),
  repeat: (count) => ({
    en: `Training images that repeat another: ${count}. They count several times.`,
    ko: `다른 이미지를 반복하는 훈련 이미지: ${count}장. 같은 이미지가 여러 번 쓰입니다.`,
  }),
  proportions: (count) => ({
    en: `Pictures that are much wider or taller than the others: ${count}. Look at what is left of them in an image.`,
    ko: `다른 그림보다 훨씬 넓거나 긴 그림: ${count}장. 이미지에 무엇이 남았는지 확인하십시오.`,
  }),
  oneColour: (count) => ({
    en: `Images of a single colour: ${count}. They show nothing of their class.`,
    ko: `한 가지 색뿐인 이미지: ${count}장. 클래스에 대해 아무것도 보여 주지 않습니다.`,
  }),
};

const remedy = html`<code class="option">--drop-duplicates</code> ${{
    en: 'leaves such images out of training.',
    ko: '옵션을 쓰면 이런 이미지를 훈련에서 뺍니다.',
  }}`;

function faultFigure(dataset: DatasetRecord, fault: ShownFault, opens: boolean): Html {
  const { kind, count, groups, shown } = fault;
  const isPaired = kind === 'leak' || kind === 'conflict';
  const sentence = html`<p>${sentences[kind](formatCount(count))} ${isPaired && remedy}</p>`;
  if (kind === 'repeat' || shown.length === 0) return sentence;
  const tiles = shown.map(({ image, places }) => {
    const cards = places.map((place) => placeCard(dataset, image, place, opens));
    return isPaired ? html`<div class="pair">${cards}</div> ` : cards;
  });
  return html`${sentence}
    <figure class="wide">
      <div class="${isPaired ? 'pairs' : 'mistakes'}" data-image-list>${tiles}</div>
      ${shown.length < groups && html`<figcaption>${someText(shown.length, groups)}</figcaption>`}
    </figure>`;
}

function placeCard(
  { faults, classNames }: DatasetRecord,
  image: string,
  { set, index, label, path, width, height }: ShownPlace,
  opens: boolean,
): Html {
  const pixels = samplePicture(Buffer.from(image, 'base64'), faults?.shape ?? []);
  const name = {
    en: `${set === 'train' ? 'training' : 'test'} image ${index}`,
    ko: `${set === 'train' ? '훈련' : '시험'} 이미지 ${index}`,
  };
  const picture = pictureImage(pixels, path ?? name);
  return html`<figure class="mistake">
    ${opens && set === 'test' ? imageLink(index, picture) : picture}
    <figcaption>
      <span class="name" title="${classNames[label]}">${classNames[label]}</span>
      <span class="name index" title="${path ?? name}">${path ?? name}</span>
      ${width !== undefined && html`<span class="index">${width} × ${height}</span>`}
    </figcaption>
  </figure> `;
}

function someText(shown: number, all: number): Text {
  const [some, whole] = [shown, all].map(formatCount);
  return { en: `The first ${some} of ${whole}.`, ko: `${whole}개 중 처음 ${some}개입니다.` };
}
