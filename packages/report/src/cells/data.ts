import { highest, lowest } from '@convbook/core';
import {
  detailFold,
  evenly,
  formatCount,
  formatPercent,
  formatPlural,
  formatShape,
  hidden,
  html,
  quote,
  renderTable,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import { pictureImage, samplePicture } from '@convbook/page/images';
import { picturesOf, type DatasetRecord, type Run } from '@convbook/run';
import { histogramChart, valueShares } from '../charts/histogram-chart.ts';
import type { Cell } from './cell.ts';
import { picturesText } from './picture-words.ts';

/** Most classes with a mean image, most in the table, and most that are named. */
const most = { means: 100, rows: 100, missing: 10 };

/** How many images each class has, and what they look like on average. */
export const dataCell: Cell = {
  id: 'data',
  title: { en: 'Data', ko: '데이터' },
  async render(run) {
    const { dataset, record } = run;
    if (dataset === null) return null;
    return html`<p>${origin(dataset, record)} ${picturesText(picturesOf(record.data))}</p>
      ${meanImages(dataset)} ${augmentedImages(dataset)}
      <p>
        ${balance(dataset)}
        ${{
          en: 'Be careful with rare classes: they hardly count in the accuracy, so look at their recall in the scores of each class.',
          ko: '드문 클래스는 주의해야 합니다. 정확도에 거의 반영되지 않으므로 클래스별 점수에서 재현율을 확인하십시오.',
        }}
      </p>
      ${missing(dataset)}
      <figure>${countTable(dataset, record.data.classWeights)}</figure>
      ${await valueHistogram(dataset)} ${sourceFold(code(run))}
      <p class="attribution" lang="en">${record.data.attribution}</p>`;
  },
};

/** How many images were taken, of which size, and how bytes become numbers. */
function origin(dataset: DatasetRecord, { data, start }: Run['record']): Text<Html> {
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

function balance({ train, classNames }: DatasetRecord): Text {
  const most = highest(train.perClass);
  const least = lowest(train.perClass);
  const name = (count: number) => classNames[train.perClass.indexOf(count)];
  if (most === least) {
    return {
      en: 'Every class has the same number of training images.',
      ko: '모든 클래스의 훈련 이미지 수가 같습니다.',
    };
  }
  const [large, small] = [most, least].map((count) => formatPercent(count / train.samples, 1));
  return {
    en: `The largest class in training is ${name(most)} with ${large} of the images, the smallest ${name(least)} with ${small}.`,
    ko: `훈련 이미지가 가장 많은 클래스: ${name(most)}(${large}), 가장 적은 클래스: ${name(least)}(${small}).`,
  };
}

/** The classes without images in a set, a paragraph each. */
function missing({ train, validation, test, classNames }: DatasetRecord): Html[] {
  const sets = [
    { part: train, en: 'training', ko: '훈련' },
    { part: validation, en: 'validation', ko: '검증' },
    { part: test, en: 'test', ko: '시험' },
  ];
  return sets.flatMap(({ part, en, ko }) => {
    const names = classNames.filter((_, label) => part?.perClass[label] === 0);
    const shown = `${names.slice(0, most.missing).join(', ')}${names.length > most.missing ? ', …' : ''}`;
    const text = {
      en: `Classes without ${en} images: ${shown}.`,
      ko: `${ko} 이미지가 없는 클래스: ${shown}.`,
    };
    return names.length === 0 ? [] : [html`<p>${text}</p>`];
  });
}

function meanImages({ meanImages, classNames, sampleShape }: DatasetRecord): Html | null {
  if (meanImages.length === 0) return null;
  const classes = evenly([...meanImages.keys()], most.means);
  const tiles = classes.map((k) =>
    tile(meanImages[k], sampleShape, classNames[k], {
      en: `Mean training image of class ${classNames[k]}`,
      ko: `클래스 ${classNames[k]}의 훈련 이미지 평균`,
    }),
  );
  return html`<figure class="wide">
    <div class="means">${tiles}</div>
    <figcaption>
      ${{
        en: 'Mean of the training images of each class. Sharp means come from classes whose images resemble each other; blurred ones from classes that vary, or are not centred.',
        ko: '클래스별 훈련 이미지의 평균입니다. 평균이 또렷하면 그 클래스의 이미지들이 서로 닮은 것이고, 흐릿하면 모양이 다양하거나 가운데에 맞춰져 있지 않은 것입니다.',
      }}${tiles.length < meanImages.length && someMeans(tiles.length, meanImages.length)}
    </figcaption>
  </figure>`;
}

function someMeans(shown: number, all: number): Text {
  const [some, whole] = [shown, all].map(formatCount);
  return {
    en: ` ${some} of ${whole} classes are shown, evenly spaced.`,
    ko: ` 클래스 ${whole}개 중 고른 간격으로 뽑은 ${some}개입니다.`,
  };
}

function tile(
  bytes: number[],
  sampleShape: number[],
  name: Text | string,
  description: Text,
): Html {
  return html`<figure>
    ${pictureImage(samplePicture(bytes, sampleShape), description)}
    <figcaption>${name}</figcaption>
  </figure> `;
}

/** The first images as augmentation changes them. */
function augmentedImages({ augmented, sampleShape }: DatasetRecord): Html | null {
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
    return html`<div class="means">${tiles}</div>`;
  });
  return html`<figure class="wide">
    ${rows}
    <figcaption>
      ${{
        en: 'Training images as augmentation changes them, differently in each epoch. Each must still clearly show its class: an image that a person would misread teaches the network errors. Test images are never changed.',
        ko: '데이터 증강이 에폭마다 다르게 변형한 훈련 이미지입니다. 변형된 뒤에도 어느 클래스인지 분명해야 합니다. 사람이 잘못 읽을 이미지는 신경망에 오류를 가르칩니다. 시험 이미지는 변형하지 않습니다.',
      }}
    </figcaption>
  </figure>`;
}

/** Which bytes the images are made of. */
async function valueHistogram(dataset: DatasetRecord): Promise<Html | null> {
  const [chart, shares] = [histogramChart(dataset), valueShares(dataset)];
  if (chart === null || shares === null) return null;
  const table = renderTable({
    caption: { en: 'Pixel values of the training images', ko: '훈련 이미지의 픽셀값' },
    columns: [
      {
        head: { en: 'Values', ko: '값' },
        heading: true,
        value: ({ from, to }) => (from === to ? from : `${from}–${to}`),
      },
      {
        head: { en: 'Share', ko: '비율' },
        numeric: true,
        value: ({ share }) => formatPercent(share, 2),
      },
    ],
    rows: [
      { from: 0, to: 0, share: shares.black },
      ...shares.bins,
      { from: 255, to: 255, share: shares.white },
    ],
  });
  const [black, white] = [shares.black, shares.white].map((share) => formatPercent(share, 1));
  return html`<p>
      ${{
        en: `Of all pixel values in the training images, ${black} are 0 and ${white} are 255; the chart shows the rest. Look for values spread over the whole range. Values in one narrow band would be bad: the inputs would hardly differ.`,
        ko: `훈련 이미지의 모든 픽셀값 가운데 ${black}는 0이고 ${white}는 255입니다. 차트는 나머지를 보여 줍니다. 값이 전체 범위에 퍼져 있는지 보십시오. 모두 좁은 범위에 몰려 있으면 입력들이 거의 다르지 않으므로 좋지 않습니다.`,
      }}
    </p>
    <figure>${await renderChart(chart)}</figure>
    ${detailFold({ en: 'The values as a table', ko: '값을 표로 보기' }, table)}`;
}

function countTable(
  { train, test, classNames }: DatasetRecord,
  weights: readonly number[] | undefined,
): Html {
  const rows = countedClasses(train.perClass);
  const high = Math.max(1, highest(train.perClass));
  return renderTable<number>({
    caption: countCaption(rows.length, classNames.length),
    style: 'data bars',
    columns: [
      { head: { en: 'Class', ko: '클래스' }, heading: true, value: (k) => classNames[k] },
      {
        head: { en: 'Training', ko: '훈련' },
        numeric: true,
        value: (k) => formatCount(train.perClass[k]),
      },
      {
        head: hidden({ en: 'Share of the largest class', ko: '가장 큰 클래스에 대한 비율' }),
        value: (k) =>
          html`<span class="bar" style="--share:${(train.perClass[k] / high).toFixed(3)}"></span>`,
      },
      ...(weights === undefined
        ? []
        : [
            {
              head: { en: 'Weight in the loss', ko: '손실의 가중치' },
              numeric: true,
              value: (k: number) => weights[k].toFixed(3),
            },
          ]),
      {
        head: { en: 'Test', ko: '시험' },
        numeric: true,
        value: (k) => formatCount(test.perClass[k]),
      },
    ],
    rows,
    total: [
      { en: 'Total', ko: '합계' },
      formatCount(train.samples),
      null,
      ...(weights === undefined ? [] : [null]),
      formatCount(test.samples),
    ],
  });
}

/** Every class, or of many those with the most and those with the fewest training images. */
function countedClasses(counts: readonly number[]): number[] {
  const classes = [...counts.keys()];
  if (classes.length <= most.rows) return classes;
  const byCount = classes.sort((a, b) => counts[b] - counts[a] || a - b);
  const half = most.rows / 2;
  return [...byCount.slice(0, half), ...byCount.slice(-half)];
}

function countCaption(shown: number, all: number): Text {
  if (shown === all) return { en: 'Images of each class', ko: '클래스별 이미지 수' };
  const [half, whole, rest] = [shown / 2, all, all - shown].map(formatCount);
  return {
    en: `Images of the ${half} classes with the most and the ${half} with the fewest training images, of ${whole}; ${rest} are left out`,
    ko: `클래스 ${whole}개 중 훈련 이미지가 가장 많은 ${half}개와 가장 적은 ${half}개의 이미지 수(${rest}개 생략)`,
  };
}

function code({ name }: Run): string {
  return `import { readRun, samplePicture, toPngUrl } from '@convbook/report';

const { dataset } = readRun(${quote(`reports/${name}`)});
if (dataset) {
  console.table({ train: dataset.train.perClass, test: dataset.test.perClass });
  for (const mean of dataset.meanImages) {
    console.log(toPngUrl(samplePicture(mean, dataset.sampleShape)));
  }
}`;
}
