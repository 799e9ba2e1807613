// Images made to excite each filter: a part of the feature maps' cell.
import {
  detailFold,
  formatCount,
  formatNumber,
  formatPlural,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import { ascent } from '@convbook/runtime/explain';
import { madeImages, type MadeImage, type MadeLayer } from '../explain/made-images.ts';
import type { Networks } from '../explain/networks.ts';
import { spriteOf, spritePosition } from '../images/sprite.ts';

/** The figure; null where no layer has filters, with a sentence instead where it would take too long. */
export function excitingImagesFigure(networks: Networks, run: Run): Html | null {
  const layers = madeImages(networks, run);
  if (layers === null || layers.every(({ live }) => live === 0)) return null;
  const shown = layers.filter(({ images }) => images.length > 0);
  if (shown.length === 0)
    return html`${heading}
      <p>${leftOut}</p>`;
  const all = shown.flatMap(({ images }) => images);
  const table = { en: 'The means as a table', ko: '평균을 표로 보기' };
  return html`${heading}
    <p>${reading} ${finding(all)}</p>
    <figure class="wide exciting">
      ${shown.map((layer) => layerPart(layer, networks.trained.model.input))}
      <figcaption>${method(networks.seed)}</figcaption>
    </figure>
    ${detailFold(table, meansTable(shown))}`;
}

const heading = html`<h3>
  ${{ en: 'Images made to excite each filter', ko: '필터마다 가장 강하게 반응하도록 만든 이미지' }}
</h3>`;

const leftOut: Text = {
  en: 'Left out: for a model or images of this size they would take more than the 5,000,000,000 multiply-adds and 150 KB that a notebook spends on them.',
  ko: '이 크기의 모델이나 이미지로는 노트북이 여기에 쓰는 곱셈-누산(MAC) 5,000,000,000번과 150 KB를 넘기므로 생략했습니다.',
};

const reading: Text = {
  en: 'These are no photographs. Each began as faint noise, and gradient ascent changed its pixels until the mean of the filter’s map was high. Compare the direction, width and spacing of the strokes with the filter’s patches: what both have in common is what the filter looks for. Grey parts do not matter to it; an image that is plain white or black means that it measures brightness alone.',
  ko: '실제 이미지가 아닙니다. 희미한 잡음에서 시작해 필터 맵의 평균이 커지도록 경사 상승법(gradient ascent)으로 픽셀을 바꿔 만들었습니다. 획의 방향과 굵기, 간격을 그 필터의 조각과 비교해 보십시오. 둘의 공통점이 필터가 찾는 특징입니다. 회색인 곳은 필터에 영향을 주지 않으며, 온통 희거나 검은 이미지는 필터가 밝기만 잰다는 뜻입니다.',
};

/** The control: what the best test image reaches. */
function finding(images: readonly MadeImage[]): Text {
  const above = images.filter(({ reached, best }) => reached > best.mean);
  const [count, of] = [above.length, images.length].map(formatCount);
  const times = formatNumber(middle(above.map(({ reached, best }) => reached / best.mean)), 2);
  const isRated = above.length > 0 && above.every(({ best }) => best.mean > 0);
  return {
    en: `The control is the best test image: ${count} of ${of} made images have a higher mean${isRated ? `, half of them at least ${times} times as high` : ''}.`,
    ko: `대조군은 평균이 가장 큰 시험 이미지입니다. 만든 이미지 ${of}장 중 ${count}장의 평균이 그보다 ${isRated ? `크고, 그 절반은 ${times}배 이상입니다` : '큽니다'}.`,
  };
}

/** The median, of an even number the lower one. */
function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => b - a)[Math.floor(values.length / 2)] ?? 0;
}

function method(seed: number): Text {
  const { steps, rate, keep, blurEvery } = ascent;
  const pull = formatNumber(100 * (1 - keep), 2);
  return {
    en: `Numbered as the filters; dead ones have no image. ${steps} steps from noise (seed ${seed}); a step changes a pixel by ${rate} of 255 on average and draws it ${pull}% towards grey, and every ${blurEvery} steps the image is blurred (Erhan et al. 2009; Yosinski et al. 2015; the mean of a map as in Olah et al. 2017).`,
    ko: `번호는 필터의 번호이며, 죽은 필터에는 이미지가 없습니다. 잡음(시드 ${seed})에서 ${steps}스텝을 거쳤습니다. 스텝마다 픽셀을 255 중 평균 ${rate}만큼 바꾸고 회색 쪽으로 ${pull}% 당기며, ${blurEvery}스텝마다 이미지를 흐리게 합니다(Erhan 외 2009; Yosinski 외 2015; 맵의 평균은 Olah 외 2017).`,
  };
}

function layerPart({ row, live, images }: MadeLayer, shape: readonly number[]): Html {
  const bytes = new Map(images.map((image) => [image.filter, image.bytes]));
  const sprite = spriteOf([...bytes.keys()], { images: bytes, shape });
  const isCut = images.length < live;
  const amount = {
    en: `${formatPlural(live, 'live filter')}${isCut ? `, the ${images.length} that respond most` : ''}`,
    ko: `살아 있는 필터 ${formatCount(live)}개${isCut ? ` 중 가장 강하게 반응하는 ${images.length}개` : ''}`,
  };
  const found = finding(images);
  const alt = {
    en: `${row.name}, images made to excite ${amount.en}. ${found.en}`,
    ko: `${row.name}, ${amount.ko}가 강하게 반응하도록 만든 이미지. ${found.ko}`,
  };
  return html`<p class="chart-title"><span>${row.name}: ${amount}</span></p>
    <div
      class="tiles"
      role="img"
      aria-label="${alt}"
      style="--sprite:url(${sprite.url});--sprite-columns:${sprite.columns};--sprite-rows:${sprite.rows};--ratio:${shape[2]}/${shape[1]}"
    >
      ${images.map(({ filter }, place) => {
        return html`<div>
          <i style="background-position:${spritePosition(sprite, place)}"></i
          ><span>${filter + 1}</span>
        </div>`;
      })}
    </div>`;
}

function meansTable(layers: readonly MadeLayer[]): Html {
  interface Line extends MadeImage {
    readonly name: string;
  }
  const mean = (value: number) => formatNumber(value, 3);
  return renderTable<Line>({
    caption: { en: 'Mean of each filter’s map', ko: '필터 맵의 평균' },
    isTall: true,
    columns: [
      {
        head: { en: 'Filter', ko: '필터' },
        heading: true,
        value: ({ name, filter }) => `${name}, ${filter + 1}`,
      },
      { head: { en: 'Noise', ko: '잡음' }, numeric: true, value: ({ start }) => mean(start) },
      {
        head: { en: 'Best test image', ko: '가장 큰 시험 이미지' },
        numeric: true,
        value: ({ best }) => `${mean(best.mean)} (#${best.index})`,
      },
      {
        head: { en: 'Made image', ko: '만든 이미지' },
        numeric: true,
        value: ({ reached }) => mean(reached),
      },
    ],
    rows: layers.flatMap(({ row, images }) =>
      images.map((image) => ({ ...image, name: row.layer.name })),
    ),
  });
}
