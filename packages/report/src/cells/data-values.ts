import { detailFold, formatPercent, html, renderTable, type Html } from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import type { DatasetRecord } from '@convbook/run';
import { histogramChart, valueShares } from '../charts/histogram-chart.ts';

/** Which bytes the images are made of. */
export async function valueHistogram(dataset: DatasetRecord): Promise<Html | null> {
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
  return html`<div class="abreast">
    <figure>${await renderChart(chart)}</figure>
    <div>
      <p>
        ${{
          en: html`Of all pixel values in the training images, ${black} are 0 and ${white} are 255;
            the chart shows the rest. They should spread over the whole range. If they lie in one
            narrow band, train with <code class="option">--standardize</code>.`,
          ko: html`훈련 이미지의 모든 픽셀값 가운데 ${black}는 0이고 ${white}는 255입니다. 차트는
            나머지를 보여 줍니다. 값이 전체 범위에 퍼져 있어야 합니다. 좁은 범위에 몰려 있으면
            <code class="option">--standardize</code>로 학습하십시오.`,
        }}
      </p>
      ${detailFold({ en: 'The values as a table', ko: '값을 표로 보기' }, table)}
    </div>
  </div>`;
}
