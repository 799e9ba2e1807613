// How the data set's pictures are made and drawn, in words that fit any data set.
import type { PictureDescription, PictureFit } from '@convbook/core/pictures';
import type { Text } from '@convbook/page';

/** How a folder of pictures was read. */
const fitTexts: Readonly<Record<PictureFit, Text>> = {
  cover: {
    en: 'Every picture is scaled until it covers this size, and its middle is taken; a new picture is read the same way.',
    ko: '모든 그림은 이 크기를 덮도록 크기를 조절한 뒤 가운데를 잘라 썼습니다. 새 그림도 같은 방법으로 읽습니다.',
  },
  contain: {
    en: 'Every picture is scaled to lie within this size, with bars beside it; a new picture is read the same way.',
    ko: '모든 그림은 이 크기 안에 들어가도록 크기를 조절하고 남는 곳을 배경색으로 채웠습니다. 새 그림도 같은 방법으로 읽습니다.',
  },
  stretch: {
    en: 'Every picture is scaled to this size, whatever its proportions; a new picture is read the same way.',
    ko: '모든 그림은 가로세로 비율과 관계없이 이 크기로 조절했습니다. 새 그림도 같은 방법으로 읽습니다.',
  },
};

/** How the images were made, for the data cell. */
export function picturesText({ fit, ground, orientation }: PictureDescription): Text {
  if (fit !== 'digit' && fit !== 'whole') return fitTexts[fit];
  const rows =
    orientation === 'transposed'
      ? { en: ' Rows and columns are swapped.', ko: ' 행과 열이 바뀌어 있습니다.' }
      : { en: '', ko: '' };
  if (ground === null) {
    return {
      en: `A new picture is scaled as a whole to this size.${rows.en}`,
      ko: `새 그림은 전체를 이 크기로 조절해서 읽습니다.${rows.ko}`,
    };
  }
  const { grey, ink, inkSide } = ground;
  const kind = ink === 'bright' ? { en: 'bright', ko: '밝은' } : { en: 'dark', ko: '어두운' };
  return fit === 'digit'
    ? {
        en: `Every image has ${kind.en} ink on an even ground (grey ${grey}), ${inkSide} pixels on its longer side, with its mass in the middle; a new picture is cut, scaled and centred the same way.${rows.en}`,
        ko: `모든 이미지는 고른 바탕(회색값 ${grey}) 위의 ${kind.ko} 획으로, 긴 변이 ${inkSide}픽셀이고 무게중심이 가운데에 있습니다. 새 그림도 같은 방법으로 자르고 크기를 조절해 가운데에 맞춥니다.${rows.ko}`,
      }
    : {
        en: `The images show something ${kind.en}er than an even ground (grey ${grey}); a new picture is turned over where it is the other way round, and scaled as a whole.${rows.en}`,
        ko: `이미지는 고른 바탕(회색값 ${grey})보다 ${kind.ko} 것을 보여 줍니다. 새 그림은 명암이 반대이면 뒤집고 전체의 크기를 조절합니다.${rows.ko}`,
      };
}
