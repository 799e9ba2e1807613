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
    ['trusted text', html`<p>${raw('<i>')}</p>`, '<p><i></p>'],
  ])('prints %s', (_, template, expected) => {
    expect(template.toString()).toBe(expected);
  });
});
