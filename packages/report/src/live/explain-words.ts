import { formatCount, type Text } from '@convbook/page/text';
import type { Method } from '../explain/explain.ts';

/** The class that is explained, as one chooses it. */
export const classField: Text = { en: 'Explained class', ko: '설명할 클래스' };

/** The class that the model predicts. */
export function predictedChoice(name: string): Text {
  return { en: `the prediction: ${name}`, ko: `예측: ${name}` };
}

/** The class that the data set names. */
export function labelChoice(name: string): Text {
  return { en: `the label: ${name}`, ko: `정답: ${name}` };
}

/** A line under each method: the quantity that its map shows. */
export const methodHints: Readonly<Record<Method, Text>> = {
  saliency: { en: 'size of the gradient at each pixel', ko: '픽셀마다 기울기의 크기' },
  gradCam: { en: 'where maps support the class', ko: '맵이 클래스를 지지하는 곳' },
  occlusion: { en: 'how far the logit falls under a patch', ko: '가리면 로짓이 내려가는 정도' },
};

/** The row that compares both maps. */
export const correlationName: Text = { en: 'correlation', ko: '상관계수' };

/** The table's name. */
export const tableName: Text = {
  en: 'Where each method looks, with the trained and with random weights',
  ko: '방법마다 보는 곳, 학습된 가중치와 무작위 가중치',
};

/** The meaning of the maps, under them. */
export const mapsCaption: Text = {
  en: 'Each map has its own scale: the stronger the colour, the more a place counts. Where occlusion is orange, a place speaks against the class. A map that looks the same with random weights shows the image, not what was learned.',
  ko: '맵마다 따로 맞춘 눈금을 쓰며, 색이 진할수록 그곳의 영향이 큽니다. 가림 맵의 주황은 클래스에 반대되는 곳입니다. 무작위 가중치에서도 같아 보이는 맵은 배운 것이 아니라 이미지 자체를 보여 줍니다.',
};

/** A button that computes a map, with its cost where that is large. */
export function computeText(multiplyAdds: number): Text {
  const millions = formatCount(Math.round(multiplyAdds / 1e6));
  return {
    en: `Compute (${millions} million multiply–adds)`,
    ko: `계산하기(곱셈-누산 ${millions}백만 번)`,
  };
}

/** The reason, where a map cannot be computed. */
export function failedText(error: unknown): Text {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    en: `This browser could not compute it: ${reason}`,
    ko: `이 브라우저에서 계산하지 못했습니다: ${reason}`,
  };
}
