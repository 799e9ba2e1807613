import { elementCount, highest } from '@convbook/core';
import { html, type Html, type Text } from '@convbook/page';
import { pictureImage, samplePicture, tilePictures, type Picture } from '@convbook/page/images';
import type { DatasetRecord } from '@convbook/run';
import { balancedColumns } from './balanced-columns.ts';
import { nameCaption } from './image-tile.ts';
import { tilesIn } from './tiles.ts';

/** Most images of a class beside each other. */
const mostColumns = 6;

/** The first training images of each class. */
export function classSamples({ samples, classNames, sampleShape }: DatasetRecord): Html | null {
  if (samples === undefined) return null;
  const classes = samples.classes.map((base64) => toPictures(base64, samples.shape));
  const columns = balancedColumns(highest(classes.map(({ length }) => length)), mostColumns);
  const isReduced = samples.shape.slice(1).join() !== sampleShape.slice(1).join();
  const tiles = classes.flatMap((pictures, label) => {
    const name = classNames[label];
    if (pictures.length === 0) return [];
    const description = {
      en: `First training images of class ${name}`,
      ko: `클래스 ${name}의 처음 훈련 이미지`,
    };
    return html`<figure>
      ${pictureImage(tilePictures(pictures, columns), description)} ${nameCaption(name)}
    </figure> `;
  });
  return html`<figure class="wide">
    ${tilesIn(columns > 2 ? 'strips' : 'means', tiles, {
      en: 'First training images of each class',
      ko: '클래스별 처음 훈련 이미지',
    })}
    <figcaption>
      ${{
        en: 'The first training images of each class, as the network meets them. Look whether they show their class, and nothing that gives it away, such as one background for all.',
        ko: '신경망이 보는 그대로의, 클래스별 처음 훈련 이미지입니다. 클래스를 제대로 보여 주는지, 모두 같은 배경처럼 클래스를 알려 주는 다른 단서는 없는지 살펴보십시오.',
      }}
      ${isReduced && reducedText(samples.shape)}
    </figcaption>
  </figure>`;
}

function reducedText([, height, width]: readonly number[]): Text {
  return {
    en: `They are reduced to ${width} × ${height} here.`,
    ko: `여기서는 ${width} × ${height} 크기로 줄였습니다.`,
  };
}

/** Images `[k][c·h·w]` in base64, with alpha so that gaps between them are empty. */
function toPictures(base64: string, shape: readonly number[]): Picture[] {
  const bytes = Buffer.from(base64, 'base64');
  const size = elementCount(shape);
  return Array.from({ length: bytes.length / size }, (_, k) =>
    withAlpha(samplePicture(bytes.subarray(k * size, (k + 1) * size), shape)),
  );
}

function withAlpha({ width, height, channels, data }: Picture): Picture {
  const opaque = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) {
    for (let c = 0; c < 3; c++) opaque[at * 4 + c] = data[at * channels + (channels === 1 ? 0 : c)];
  }
  return { width, height, channels: 4, data: opaque };
}
