import { expect, test } from 'vitest';
import { tokensOf } from './tokens.ts';

const kinds = (markup: string) =>
  [...tokensOf(markup)].map(({ kind, name, text }) => `${kind} ${name || text}`);

test('tokensOf knows elements, text, comments and what is passed over', () => {
  expect(kinds('<p class="a">One <br> <b>two</b></p><!-- <p> --><path d="M0"/>')).toEqual([
    'begin p',
    'text One ',
    'alone br',
    'text  ',
    'begin b',
    'text two',
    'end b',
    'end p',
    'alone <!-- <p> -->',
    'alone path',
  ]);
  expect(kinds('<template><p>x</p></template><style></style>')).toEqual([
    'begin template',
    'closed <p>x</p>',
    'end template',
    'begin style',
    'end style',
  ]);
});

test.each([
  `<a title="1 > 2" alt='"><p>'>x</a>`,
  '<img src="data:image/png;base64,iVBO" alt="<p>"><p\n  id="b"\n>',
  'text alone',
  '<script>if (1 < 2) "</p>";</script>',
  '<!-- not ended',
  '<p title="not ended',
  '<style>not ended',
  '',
])('its tokens are all of %j', (markup) => {
  expect([...tokensOf(markup)].map(({ text }) => text).join('')).toBe(markup);
});

test('a > in a value does not end its tag', () => {
  expect(kinds(`<a title="1 > 2">x</a>`)).toEqual(['begin a', 'text x', 'end a']);
});
