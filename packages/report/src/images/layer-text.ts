import { formatCount, formatNumber, type Text } from '@convbook/page/text';

/** The content of a layer's pictures of one image, for those who do not see them. */
export function layerText(
  layer: string,
  index: number,
  values: Float32Array,
  channels: number,
): Text {
  const found = finding(values, channels);
  return {
    en: `${layer} of test image ${index}: ${found.en}`,
    ko: `시험 이미지 ${index}의 ${layer}: ${found.ko}`,
  };
}

/** Which map or value is strongest, and how many values are not 0. */
function finding(values: Float32Array, channels: number): Text {
  const best = values.reduce(
    (at, value, k) => (Math.abs(value) > Math.abs(values[at]) ? k : at),
    0,
  );
  const active = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  if (active === 0) return { en: 'every value is 0', ko: '모든 값이 0' };
  const which = Math.floor((best * channels) / values.length) + 1;
  const [some, all] = [active, values.length].map(formatCount);
  return {
    en: `strongest in number ${which}; ${some} of ${all} values are not 0`,
    ko: `${which}번에서 가장 큼, 값 ${all}개 중 ${some}개가 0이 아님`,
  };
}

/** The end of a layer's colour scale. */
export function scaleText(limit: number): Text {
  const end = `±${formatNumber(limit, 2)}`;
  return { en: `colour to ${end}`, ko: `색 ${end}까지` };
}
