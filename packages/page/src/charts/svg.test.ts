import { expect, test } from 'vitest';
import { embedSvg } from './svg.ts';

test('embedSvg prefixes ids, shortens coordinates and drops what means something else in a page', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="4"><g clip-path="url(#clip7)" class="background">' +
    '<path d="M0.12345,1L2.5,3" aria-hidden="true"/><text font-family="x">0.12345</text></g><clipPath id="clip7"/></svg>';
  expect(embedSvg(svg, 'loss', 'a "finding"').toString()).toBe(
    '<svg role="img" aria-label="a &quot;finding&quot;" width="4"><g clip-path="url(#loss-0)">' +
      '<path d="M0.12,1L2.5,3"/><text>0.12345</text></g><clipPath id="loss-0"/></svg>',
  );
});
