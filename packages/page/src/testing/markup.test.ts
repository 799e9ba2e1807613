import { expect, test } from 'vitest';
import { markupLines, pageOutline } from './markup.ts';

const page = `<section class="cell" id="data"><h2>Data <a class="anchor" href="#data">#</a></h2>
  <p>Running <b>text</b> of 12 words.</p>
  <script>if (1 < 2) alert('</p>');</script>
  <table class="data"><caption><span lang="en">600 images</span><span lang="ko">이미지 600장</span></caption>
    <thead><tr><th scope="col">Class</th><th scope="col" class="number">Images</th></tr></thead>
    <tbody><tr><td>0</td></tr></tbody></table>
  <img class="pixels" src="data:," alt="one" /><img class="pixels" src="data:," alt="two" />
</section>`;

test('pageOutline has elements, headings and the heads of tables', () => {
  expect(pageOutline(page)).toBe(
    [
      '<section class="cell" id="data">',
      '  <h2> Data',
      '  <script>',
      '  <table class="data">',
      '    <caption> # images',
      '    <thead>',
      '      <th> Class | Images',
      '  <img class="pixels">',
      '',
    ].join('\n'),
  );
});

test('markupLines has every element with its attributes', () => {
  expect(markupLines('<svg width="7"><g><path d="M0,0"/><text>0</text></g></svg>')).toBe(
    ['<svg width="7">', '  <g>', '    <path d="M0,0"/>', '    <text> 0', ''].join('\n'),
  );
});
