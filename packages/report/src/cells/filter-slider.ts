import { formatCount, html, type Html, type Text } from '@convbook/page';
import { tilePictures, toPngUrl } from '@convbook/page/images';
import type { FilterSnapshot } from '@convbook/run';
import { filterPicture } from '../images/filters.ts';
import { filterColumns, mostShown } from './filter-grid.ts';
import { playControls } from './play-controls.ts';

/** Milliseconds that a moment is shown. */
const pace = 350;

/** Most moments the slider has, fewest it is worth having for, and most weights of all its pictures. */
const moments = { most: 32, least: 3, weights: 750_000 };

/** The filters through training, moved by a slider or played; hidden until the page's script shows it. */
export function filterSlider(snapshots: readonly FilterSnapshot[], limit: number): Html | null {
  const shown = shownOf(snapshots);
  if (shown.length < moments.least) return null;
  const frames = shown.map((snapshot, k) => {
    const step = momentOf(snapshot);
    const { url, width, height } = sheet(snapshot, limit);
    return html`<img
      class="pixels tinted"
      src="${url}"
      alt="${{ en: `Filters ${step.en}`, ko: `${step.ko}의 필터` }}"
      data-step="${step}"
      width="${width}"
      height="${height}"
      hidden
      data-frame="${k}"
    />`;
  });
  const last = shown.length - 1;
  const [some, all] = [shown.length, snapshots.length].map(formatCount);
  return html`<figure class="panel frames" data-frames hidden>
    <p class="chart-title">
      ${{ en: 'Through training', ko: '학습 과정' }} <output>${momentOf(shown[last])}</output>
    </p>
    <div class="numbered-sheet">${frames}${numbers(shown[last])}</div>
    ${playControls(shown.length, pace, { en: 'Moment of training', ko: '학습 시점' })}
    <figcaption>
      ${{
        en: 'The same filters in the same order and on the same scale as after training, from the snapshots of the run. Watch when structure appears and when it stops changing.',
        ko: '학습 뒤와 같은 필터를 같은 순서, 같은 눈금으로 실행의 스냅숏에서 보여 줍니다. 구조가 언제 나타나고 언제 변화가 멈추는지 보십시오.',
      }}${shown.length < snapshots.length && { en: ` ${some} of ${all} snapshots are shown.`, ko: ` 스냅숏 ${all}개 중 ${some}개입니다.` }}
    </figcaption>
  </figure>`;
}

/** The last snapshot and others evenly before it, fewer the more weights each has. */
function shownOf(snapshots: readonly FilterSnapshot[]): FilterSnapshot[] {
  const last = snapshots.at(-1);
  if (last === undefined) return [];
  const weights = (last.weights.length / last.shape[0]) * Math.min(mostShown, last.shape[0]);
  const fitting = Math.max(moments.least, Math.floor(moments.weights / weights));
  const stride = Math.ceil((snapshots.length - 1) / (Math.min(moments.most, fitting) - 1));
  return snapshots.filter((_, k) => (snapshots.length - 1 - k) % stride === 0);
}

function momentOf({ step }: FilterSnapshot): Text {
  return { en: `after step ${formatCount(step)}`, ko: `${formatCount(step)}스텝 뒤` };
}

function sheet(snapshot: FilterSnapshot, limit: number) {
  const count = Math.min(mostShown, snapshot.shape[0]);
  const pictures = Array.from({ length: count }, (_, k) => filterPicture(snapshot, k, limit));
  const picture = tilePictures(pictures, filterColumns(snapshot.shape));
  return { url: toPngUrl(picture), width: picture.width, height: picture.height };
}

/** The number of each filter, over its place in the sheet. */
function numbers({ shape }: FilterSnapshot): Html {
  const count = Math.min(mostShown, shape[0]);
  const places = Array.from({ length: count }, (_, k) => html`<b>${k + 1}</b>`);
  return html`<div class="numbers" style="--columns:${filterColumns(shape)}" aria-hidden="true">
    ${places}
  </div>`;
}
