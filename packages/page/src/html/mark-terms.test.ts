import { describe, expect, test } from 'vitest';
import type { Term } from '../text/glossary.ts';
import { html, raw } from './html.ts';
import { markTerms } from './mark-terms.ts';

const term = (id: string, en: string, ko: string, others: Term['others'] = {}): Term => ({
  id,
  name: { en, ko },
  meaning: { en: '', ko: '' },
  others,
});
const terms = [
  term('convolution', 'convolution', '합성곱'),
  term('filter', 'filter', '필터'),
  term('dead-filter', 'dead filter', '죽은 필터'),
  term('class', 'class', '클래스'),
  term('fully', 'fully connected layer', '완전연결층', { en: ['fully connected'] }),
  term('grad-cam', 'Grad-CAM', 'Grad-CAM'),
  term('layer', 'layer', '층'),
];

/** The marked words of a paragraph, with the address that each leads to. */
function marked(en: string, ko = ''): string[] {
  const text = markTerms(html`<p>${{ en, ko }}</p>`, terms).toString();
  expect(text.replaceAll(/<\/?a\b[^>]*>/g, '')).toBe(html`<p>${{ en, ko }}</p>`.toString());
  return [...text.matchAll(/<a class="term" href="#term-([^"]*)">([^<]*)<\/a>/g)].map(
    ([, id, word]) => `${id}: ${word}`,
  );
}

describe('in English', () => {
  test.each<[text: string, words: string[]]>([
    ['A convolution moves a filter.', ['convolution: convolution', 'filter: filter']],
    ['Filters of convolutions', ['filter: Filters', 'convolution: convolutions']],
    ['Two classes, a filter & a class', ['class: classes', 'filter: filter']],
    ['A dead filter is a filter.', ['dead-filter: dead filter', 'filter: filter']],
    ['fully connected, in layers', ['fully: fully connected', 'layer: layers']],
    ['(Grad-CAM)', ['grad-cam: Grad-CAM']],
    ['unfiltered, filtering, classify, multi-layer, layer2', []],
    ['합성곱', []],
  ])('%s', (text, words) => {
    expect(marked(text)).toEqual(words);
  });
});

describe('in Korean', () => {
  test.each<[text: string, words: string[]]>([
    ['합성곱은 필터를 움직입니다.', ['ko-convolution: 합성곱', 'ko-filter: 필터']],
    ['필터의 필터마다', ['ko-filter: 필터']],
    ['필터들은 층에서는', ['ko-filter: 필터', 'ko-layer: 층']],
    ['죽은 필터입니다', ['ko-dead-filter: 죽은 필터']],
    ['클래스(10개), Grad-CAM을', ['ko-class: 클래스', 'ko-grad-cam: Grad-CAM']],
    ['완전연결층이며', ['ko-fully: 완전연결층']],
    ['합성곱층을 클래스별로 계층으로 층계에서', []],
    ['filter', []],
  ])('%s', (text, words) => {
    expect(marked('', text)).toEqual(words);
  });
});

test('a term is marked once in a part, in each language', () => {
  const text = { en: 'filter', ko: '필터' };
  const both = markTerms(
    html`<p>${text}</p>
      <p>${text}</p>`,
    terms,
  ).toString();
  expect(both.match(/class="term"/g)).toHaveLength(2);
  expect(both.indexOf('term-ko-filter')).toBeLessThan(both.lastIndexOf('<p>'));
});

test.each(['h3', 'code', 'pre', 'button', 'label', 'summary', 'a'])(
  'nothing is marked in <%s>',
  (name) => {
    const text = `<p><span lang="en">one <${name}>filter</${name}></span></p>`;
    expect(markTerms(raw(text), terms).toString()).toBe(text);
  },
);

test('tables, alternative texts, hidden texts, templates and names stay as they are', () => {
  const text = { en: 'filter', ko: '필터' };
  const part = html`<table>
      <tr>
        <td><p>${text}</p></td>
      </tr>
    </table>
    <p><img src="data:," alt="${text}" /><span class="hidden">${text}</span>filter</p>
    <template><p>${text}</p></template>
    <h2>${text}</h2>`;
  expect(markTerms(part, terms).toString()).toBe(part.toString());
});

test('figcaptions and lists are prose', () => {
  const text = { en: 'filter', ko: '필터' };
  const links = (part: ReturnType<typeof html>) =>
    markTerms(part, terms)
      .toString()
      .match(/href="[^"]*"/g);
  const expected = ['href="#term-filter"', 'href="#term-ko-filter"'];
  expect(links(html`<figcaption>${text}</figcaption>`)).toEqual(expected);
  expect(
    links(
      html`<ul>
        <li><b>${text}</b></li>
      </ul>`,
    ),
  ).toEqual(expected);
});
