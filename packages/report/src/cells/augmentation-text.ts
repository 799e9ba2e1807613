import { formatNumber, formatPercent, inLanguages, type Text } from '@convbook/page';
import type { AugmentationSettings } from '@convbook/run';

const pixels = (value: number) => formatNumber(value, 3);
const percent = (value: number) => formatPercent(value, 0);

/** A setting that is not 0, in words. */
const words: Readonly<Record<keyof AugmentationSettings, (value: number) => Text>> = {
  shift: (value) => ({
    en: `moved by up to ${pixels(value)} pixels`,
    ko: `최대 ${pixels(value)}픽셀 이동`,
  }),
  rotation: (value) => ({
    en: `turned by up to ${pixels(value)}°`,
    ko: `최대 ${pixels(value)}° 회전`,
  }),
  scale: (value) => ({
    en: `made up to ${percent(value)} larger or smaller`,
    ko: `크기 최대 ±${percent(value)}`,
  }),
  elastic: (value) => ({
    en: `bent by up to ${pixels(value)} pixels`,
    ko: `최대 ${pixels(value)}픽셀 휘어짐`,
  }),
  flip: (value) => ({
    en: `mirrored left to right with probability ${pixels(value)}`,
    ko: `확률 ${pixels(value)}로 좌우 반전`,
  }),
  crop: (value) => ({
    en: `cut at a random place after a border of ${pixels(value)} pixels of zeros is added`,
    ko: `${pixels(value)}픽셀의 0 테두리를 두르고 임의의 위치에서 자르기`,
  }),
  brightness: (value) => ({
    en: `made up to ${percent(value)} brighter or darker`,
    ko: `밝기 최대 ±${percent(value)}`,
  }),
  contrast: (value) => ({
    en: `with up to ${percent(value)} more or less contrast`,
    ko: `대비 최대 ±${percent(value)}`,
  }),
  saturation: (value) => ({
    en: `with up to ${percent(value)} more or less colour`,
    ko: `채도 최대 ±${percent(value)}`,
  }),
  erase: (value) => ({
    en: `with a rectangle of up to ${percent(value)} of each side erased`,
    ko: `변의 최대 ${percent(value)}인 직사각형 지우기`,
  }),
};

/** How each training image is changed, in a sentence. */
export function augmentationText(settings: AugmentationSettings): Text {
  const said = Object.keys(words)
    .filter(isSetting)
    .flatMap((name) => {
      const value = settings[name] ?? 0;
      return value === 0 ? [] : [words[name](value)];
    });
  const list = inLanguages((language) => said.map((text) => text[language]).join(', '));
  return { en: `Here each is ${list.en}.`, ko: `여기서 쓴 변형: ${list.ko}.` };
}

function isSetting(name: string): name is keyof AugmentationSettings {
  return name in words;
}
