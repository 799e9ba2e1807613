// Texts of pages for whoever gives a model pictures.
import { toText, type Text } from './text.ts';

/** Before the first picture. */
export const nothingGiven: Text = { en: 'Nothing given yet', ko: '아직 넣은 것이 없습니다' };

/** A canvas that nothing was drawn on. */
export const noDrawing: Text = {
  en: 'The canvas is blank: draw something first',
  ko: '캔버스가 비어 있습니다. 먼저 무언가를 그리십시오',
};

/** The name of a drawing. */
export const drawingName: Text = { en: 'Your drawing', ko: '그린 그림' };

/** The name of a picture of the camera. */
export const cameraName: Text = { en: 'The camera’s picture', ko: '카메라 사진' };

/** A picture in which nothing can be seen. */
export function noInk(name: Text | string): Text {
  const { en, ko } = toText(name);
  return {
    en: `${en} shows nothing but its ground`,
    ko: `${ko}: 바탕만 있고 아무것도 보이지 않습니다`,
  };
}
