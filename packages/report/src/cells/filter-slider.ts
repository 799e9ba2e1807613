import { formatCount, html, type Html, type Text } from '@convbook/page';
import { tilePictures, toPngUrl } from '@convbook/page/images';
import type { FilterSnapshot } from '@convbook/run';
import { filterPicture } from '../images/filters.ts';

/** Most moments the slider has, and most filters it shows. */
const mostMoments = 32;
const mostFilters = 64;

/** The filters through training, moved by a slider; hidden until the page's script shows it. */
export function filterSlider(snapshots: readonly FilterSnapshot[], limit: number): Html | null {
  if (snapshots.length < 3) return null;
  const stride = Math.ceil((snapshots.length - 1) / (mostMoments - 1));
  const shown = snapshots.filter((_, k) => (snapshots.length - 1 - k) % stride === 0);
  const frames = shown.map((snapshot, k) => {
    const step = momentOf(snapshot);
    const { url, width, height } = sheet(snapshot, limit);
    return html`<img
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
  const [moments, all] = [shown.length, snapshots.length].map(formatCount);
  return html`<figure class="wide frames" data-frames hidden>
    <p class="chart-title">
      ${{ en: 'Through training', ko: '학습 과정' }} <output>${momentOf(shown[last])}</output>
    </p>
    ${frames}
    <input
      type="range"
      min="0"
      max="${last}"
      value="${last}"
      step="1"
      aria-label="${{ en: 'Moment of training', ko: '학습 시점' }}"
    />
    <figcaption>
      ${{
        en: 'The same filters in the same order and on the same scale as above, from the snapshots of the run. Watch when structure appears and when it stops changing.',
        ko: '위와 같은 필터를 같은 순서, 같은 눈금으로 실행의 스냅숏에서 보여 줍니다. 구조가 언제 나타나고 언제 변화가 멈추는지 보십시오.',
      }}${shown.length < snapshots.length && { en: ` ${moments} of ${all} snapshots are shown.`, ko: ` 스냅숏 ${all}개 중 ${moments}개입니다.` }}
    </figcaption>
  </figure>`;
}

function momentOf({ step }: FilterSnapshot): Text {
  return { en: `after step ${formatCount(step)}`, ko: `${formatCount(step)}스텝 뒤` };
}

function sheet(snapshot: FilterSnapshot, limit: number) {
  const count = Math.min(mostFilters, snapshot.shape[0]);
  const pictures = Array.from({ length: count }, (_, k) => filterPicture(snapshot, k, limit));
  const columns = Math.min(count, count % 10 === 0 ? 10 : 8);
  const picture = tilePictures(pictures, columns);
  return { url: toPngUrl(picture), width: picture.width, height: picture.height };
}
