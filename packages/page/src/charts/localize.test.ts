import { expect, test } from 'vitest';
import { inLanguage, markTexts } from './localize.ts';

const spec = {
  title: { en: 'loss & more', ko: '손실' },
  data: { values: [{ x: 1, series: { en: 'train', ko: '훈련' } }, { x: null }] },
};

test('inLanguage replaces every text of a spec', () => {
  expect(inLanguage(spec, 'ko')).toEqual({
    title: '손실',
    data: { values: [{ x: 1, series: '훈련' }, { x: null }] },
  });
});

test('markTexts translates the texts of the drawing, and no name that reads the same', () => {
  const { marked, translate } = markTexts(spec);
  const { title } = marked as { title: string };
  const svg = `<text>${title.replace('&', '&amp;')}</text><text>loss &amp; more</text>`;
  expect(translate(svg)).toBe(
    '<text><tspan lang="en">loss &amp; more</tspan><tspan lang="ko">손실</tspan></text><text>loss &amp; more</text>',
  );
});
