import { describe, expect, test } from 'vitest';
import { html, raw } from './html.ts';

describe('html', () => {
  test.each([
    [
      'text',
      html`<p>${'</script><img onerror="x" title=\'y\'>&amp;'}</p>`,
      '<p>&lt;/script&gt;&lt;img onerror=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;</p>',
    ],
    ['a number', html`<p>${0}</p>`, '<p>0</p>'],
    ['nothing', html`<p>${null}${undefined}${false}</p>`, '<p></p>'],
    ['a template', html`<p>${html`<b>${'<'}</b>`}</p>`, '<p><b>&lt;</b></p>'],
    ['a list', html`<p>${['<', html`<br />`, 2]}</p>`, '<p>&lt;<br />2</p>'],
    [
      'a text in each language',
      html`<p>${{ en: '<', ko: html`<b>글</b>` }}</p>`,
      '<p><span lang="en">&lt;</span><span lang="ko"><b>글</b></span></p>',
    ],
    [
      'an attribute in each language',
      html`<img alt="${{ en: 'a "b"', ko: '글' }}" />`,
      '<img alt="a &quot;b&quot;" data-ko-alt="글" />',
    ],
    [
      'an option in each language',
      html`<option value="1">${{ en: 'one', ko: '하나' }}</option>`,
      '<option value="1" data-ko="하나">one</option>',
    ],
    [
      'a text of a drawing in each language',
      html`<text x="1">${{ en: 'rows', ko: '행' }}</text>`,
      '<text x="1"><tspan lang="en">rows</tspan><tspan lang="ko">행</tspan></text>',
    ],
    ['trusted text', html`<p>${raw('<i>')}</p>`, '<p><i></p>'],
  ])('prints %s', (_, template, expected) => {
    expect(template.toString()).toBe(expected);
  });

  test.each([
    [
      'in a part of an attribute',
      () => html`<img alt="not ${{ en: 'a', ko: '글' }}" />`,
      'html: expected two plain strings as a whole value, got "a" and "글" after "<img alt=\\"not"; write the whole attribute in each language',
    ],
    [
      'with markup in an attribute',
      () => html`<img alt="${{ en: html`<b>a</b>`, ko: '글' }}" />`,
      'html: expected two plain strings as a whole value, got {} and "글" after "<img alt=\\""; write the whole attribute in each language',
    ],
  ])('refuses a text %s', (_, make, message) => {
    expect(make).toThrow(new TypeError(message));
  });
});
