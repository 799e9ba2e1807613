// What the classes look like on average, and what augmentation makes of an image.
import { evenly, formatCount, html, type Html, type Text } from '@convbook/page';
import type { AugmentationSettings, DatasetRecord, Run } from '@convbook/run';
import { nearestImages } from '../analysis/nearest-images.ts';
import { augmentationText } from './augmentation-text.ts';
import { imageLink } from './image-link.ts';
import { tile } from './image-tile.ts';
import { tilesIn } from './tiles.ts';

/** Most classes with a mean image. */
const mostMeans = 100;

/** The mean image of each class, which opens the test image nearest to it. */
export function meanImages(
  { meanImages, classNames, sampleShape }: DatasetRecord,
  { samples, evaluation }: Pick<Run, 'samples' | 'evaluation'>,
): Html | null {
  if (meanImages.length === 0) return null;
  const images = samples?.images ?? new Map<number, Uint8Array>();
  const nearest = nearestImages(meanImages, images, evaluation?.labels ?? []);
  const classes = evenly([...meanImages.keys()], mostMeans);
  const tiles = classes.map((k) => {
    const index = nearest[k]?.index;
    const name = {
      en: `Mean training image of class ${classNames[k]}`,
      ko: `클래스 ${classNames[k]}의 훈련 이미지 평균`,
    };
    if (index === undefined) return tile(meanImages[k], sampleShape, classNames[k], name);
    const named = {
      en: `${name.en}; nearest test image: ${index}`,
      ko: `${name.ko}, 가장 가까운 시험 이미지 ${index}`,
    };
    return tile(meanImages[k], sampleShape, classNames[k], named, (picture) =>
      imageLink(index, picture),
    );
  });
  const leadsOn = nearest.some((one) => one !== null);
  return html`<figure class="wide" data-image-list>
    ${tilesIn('means', tiles, { en: 'Mean training images', ko: '훈련 이미지 평균' })}
    <figcaption>
      ${{
        en: 'Mean of the training images of each class. Sharp means come from classes whose images resemble each other; blurred ones from classes that vary, or are not centred.',
        ko: '클래스별 훈련 이미지의 평균입니다. 평균이 또렷하면 그 클래스의 이미지들이 서로 닮은 것이고, 흐릿하면 모양이 다양하거나 가운데에 맞춰져 있지 않은 것입니다.',
      }}${leadsOn && html`<span class="hint">${nearestText}</span>`}${sampleShape[0] === 3 && ofColours}${tiles.length < meanImages.length && someMeans(tiles.length, meanImages.length)}
    </figcaption>
  </figure>`;
}

const nearestText: Text = {
  en: ' Select a mean to open the test image of its class that is nearest to it, of those that the run keeps.',
  ko: ' 평균을 고르면, 실행이 보관한 그 클래스의 시험 이미지 가운데 평균에 가장 가까운 것이 열립니다.',
};

/** A mean of letters in every colour is grey, and says nothing about the class. */
const ofColours: Text = {
  en: ' A grey mean is no fault: the colours of its images cancel out.',
  ko: ' 평균이 회색이어도 문제는 아닙니다. 이미지들의 색이 서로 상쇄된 것입니다.',
};

function someMeans(shown: number, all: number): Text {
  const [some, whole] = [shown, all].map(formatCount);
  return {
    en: ` ${some} of ${whole} classes are shown, evenly spaced.`,
    ko: ` 클래스 ${whole}개 중 고른 간격으로 뽑은 ${some}개입니다.`,
  };
}

/** The first images as augmentation changes them. */
export function augmentedImages(
  { augmented, sampleShape }: DatasetRecord,
  settings: AugmentationSettings | null,
): Html | null {
  if (augmented === undefined) return null;
  const rows = augmented.map((views, k) => {
    const tiles = views.map((bytes, epoch) => {
      const name =
        epoch === 0 ? { en: 'original', ko: '원본' } : { en: `epoch ${epoch}`, ko: `${epoch}에폭` };
      return tile(bytes, sampleShape, name, {
        en: `Training image ${k}, ${name.en}`,
        ko: `훈련 이미지 ${k}, ${name.ko}`,
      });
    });
    return tilesIn('means', tiles, { en: 'One image in each epoch', ko: '에폭별 이미지 한 장' });
  });
  return html`<figure class="wide">
    ${rows}
    <figcaption>
      ${{
        en: 'Training images as augmentation changes them, differently in each epoch. Each must still clearly show its class: an image that a person would misread teaches the network errors. Test images are never changed.',
        ko: '데이터 증강이 에폭마다 다르게 변형한 훈련 이미지입니다. 변형된 뒤에도 어느 클래스인지 분명해야 합니다. 사람이 잘못 읽을 이미지는 신경망에 오류를 가르칩니다. 시험 이미지는 변형하지 않습니다.',
      }}
      ${settings && augmentationText(settings)}
    </figcaption>
  </figure>`;
}
