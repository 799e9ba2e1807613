import { formatPercent } from '@convbook/page';
import { palette, schema, type Chart } from '@convbook/page/charts';
import type { DatasetRecord } from '@convbook/run';

/** Byte values of one bar; 1…254 is 254 values, so the last bar has fewer. */
const binWidth = 8;

const bar = {
  at: { en: 'pixel values {x}–{to}', ko: '픽셀값 {x}–{to}' },
  said: { en: '{y:percent} of all', ko: '전체의 {y:percent}' },
};

/** A bar of the histogram: values from `from` up to and including `to`. */
export interface HistogramBin {
  from: number;
  to: number;
  /** Fraction of all values. */
  share: number;
}

/** Black, white, and what is between, as fractions of all values; null where nothing was counted. */
export function valueShares({ histogram }: DatasetRecord) {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0 || histogram.length !== 256) return null;
  const bins: HistogramBin[] = [];
  for (let from = 1; from < 255; from += binWidth) {
    const to = Math.min(254, from + binWidth - 1);
    const count = histogram.slice(from, to + 1).reduce((sum, value) => sum + value, 0);
    bins.push({ from, to, share: count / total });
  }
  return { black: histogram[0] / total, white: histogram[255] / total, bins };
}

/** The values between 0 and 255 of the training images; null where nothing was counted. */
export function histogramChart(dataset: DatasetRecord): Chart | null {
  const shares = valueShares(dataset);
  if (shares === null) return null;
  const { black, white, bins } = shares;
  const highest = bins.reduce((a, b) => (b.share > a.share ? b : a));
  const values = bins.map(({ from, to, share }) => ({ x: from, x2: to + 1, y: share, to }));
  const layer = [
    {
      bar,
      data: { values },
      mark: { type: 'bar', color: palette.blue.light, binSpacing: 1 },
      encoding: {
        x: {
          field: 'x',
          type: 'quantitative',
          bin: 'binned',
          title: { en: 'pixel value', ko: '픽셀값' },
          scale: { domain: [0, 256] },
          axis: { values: [1, 64, 128, 192, 254], format: 'd' },
        },
        x2: { field: 'x2' },
        y: {
          field: 'y',
          type: 'quantitative',
          title: null,
          axis: { format: '.1~%', tickCount: 4 },
        },
      },
    },
  ];
  return {
    id: 'data-values',
    title: { en: 'Pixel values between 0 and 255', ko: '0과 255 사이의 픽셀값' },
    alt: {
      en:
        `Histogram of the training images’ pixel values: ${formatPercent(black, 1)} are 0, ${formatPercent(white, 1)} are 255; ` +
        `most of the others lie from ${highest.from} to ${highest.to}, ${formatPercent(highest.share, 1)}.`,
      ko:
        `훈련 이미지 픽셀값의 히스토그램: ${formatPercent(black, 1)}는 0, ${formatPercent(white, 1)}는 255이며, ` +
        `나머지는 ${highest.from}–${highest.to} 구간에 가장 많습니다(${formatPercent(highest.share, 1)}).`,
    },
    height: 190,
    spec: { $schema: schema, layer },
    readout: { place: { text: '#', format: 'number' }, format: 'percent' },
  };
}
