// Where the images come from, in sentences.
import { formatCount, formatPlural, formatShape, html, type Html, type Text } from '@convbook/page';
import type { DatasetRecord, FileCounts, Run } from '@convbook/run';
import { layoutText, reasonText } from './folder-words.ts';

/** How many images were taken, of which size, and how bytes become numbers. */
export function origin(dataset: DatasetRecord, { data, start }: Run['record']): Text<Html> {
  const { trainSamples, validationSamples, name } = data;
  const [train, held, test] = [trainSamples, validationSamples, dataset.test.samples].map(
    formatCount,
  );
  const shape = formatShape(dataset.sampleShape);
  const scaling = scalingText(data, start?.isScaledAsSource);
  const isHeld = validationSamples > 0;
  return {
    en: html`From ${name} this run uses ${formatPlural(trainSamples, 'image')} for
    training${isHeld && `, ${held} for validation`} and ${test} for testing, each ${shape} (channels
    × rows × columns). ${scaling.en}`,
    ko: html`이 실행은 데이터 ${name}에서 훈련용 이미지 ${train}장${isHeld && `, 검증용 ${held}장`},
    시험용 ${test}장을 썼습니다. 이미지의 크기는 ${shape}(채널 × 행 × 열)입니다. ${scaling.ko}`,
  };
}

/** How a pixel's byte becomes the number that the model reads. */
function scalingText(
  { scaling, standardization }: Run['record']['data'],
  isAsSource = false,
): Text<Html | string> {
  if (standardization !== undefined) {
    const { means, deviations } = standardization;
    const pairs = means.map((mean, k) => `${mean.toFixed(4)} ± ${deviations[k].toFixed(4)}`);
    const several = means.length > 1;
    return {
      en: html`Pixel values are standardized${several && ', each channel by itself'}:
        <code>${scaling}</code>, with the mean ± deviation of the
        ${isAsSource ? 'images that the run it began from was trained on' : 'training images'}
        ${pairs.join(', ')}.`,
      ko: html`픽셀값을 ${several && '채널마다 '}표준화합니다: <code>${scaling}</code>.
        ${isAsSource ? '시작한 실행의 훈련' : '훈련'} 이미지의 평균 ± 표준편차는
        ${pairs.join(', ')}입니다.`,
    };
  }
  if (scaling === 'byte / 255') {
    return {
      en: 'Pixel values are divided by 255.',
      ko: '픽셀값을 255로 나누어 0–1로 정규화합니다.',
    };
  }
  const formula = html`<code>${scaling}</code>`;
  return {
    en: html`Pixel values are scaled: ${formula}.`,
    ko: html`픽셀값을 변환합니다: ${formula}.`,
  };
}

/** How a folder was understood, how large its pictures are, and what was passed over. */
export function filesText({ layout, sizes, damaged, passedOver }: FileCounts): Text<Html> {
  const { smallest, middle, largest } = sizes;
  const [from, mid, to] = [smallest, middle, largest].map((size) => size.join(' × '));
  const read = layoutText(layout);
  const others = Object.entries(passedOver).map(([reason, count]) => ({
    ...reasonText(reason),
    count: formatCount(count),
  }));
  return {
    en: html`The folder was read as ${read.en}. Its pictures have ${from} to ${to} pixels, the
    middle one ${mid}. Passed over:
    ${formatPlural(damaged, 'damaged picture')}${others.map(({ en, count }) => html`; ${en} (${count})`)}.`,
    ko: html`폴더는 ${read.ko} 구조로 읽었습니다. 그림의 크기는 ${from}부터 ${to}픽셀까지이고 중간
    크기는 ${mid}입니다. 읽지 않은 파일: 손상된 그림
    ${formatCount(damaged)}장${others.map(({ ko, count }) => html`, ${ko} ${count}개`)}.`,
  };
}
