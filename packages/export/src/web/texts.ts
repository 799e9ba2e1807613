// What the page says while it is used.
import { toText, type Text } from '@convbook/page/text';

export const nothingGiven: Text = { en: 'Nothing given yet', ko: '아직 넣은 것이 없습니다' };
export const noDrawing: Text = {
  en: 'The canvas is blank: draw something first',
  ko: '캔버스가 비어 있습니다. 먼저 무언가를 그리십시오',
};
export const drawingName: Text = { en: 'Your drawing', ko: '그린 그림' };
export const cameraName: Text = { en: 'The camera’s picture', ko: '카메라 사진' };

/** A picture in which nothing can be seen. */
export function noInk(name: Text | string): Text {
  const { en, ko } = toText(name);
  return {
    en: `${en} shows nothing but its ground`,
    ko: `${ko}: 바탕만 있고 아무것도 보이지 않습니다`,
  };
}

/** Several files at once. */
export function firstOf(files: number): Text {
  return {
    en: `Only the first of ${files} files is read.`,
    ko: `파일 ${files}개 가운데 첫 번째만 읽었습니다.`,
  };
}
