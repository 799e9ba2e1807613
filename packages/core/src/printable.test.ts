import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['emoji of several', '👩‍🔬 🏳️‍🌈 👍🏽', '👩‍🔬 🏳️‍🌈 👍🏽'],
  ['Persian and Hindi', 'می‌خواهم क्‍ष', 'می‌خواهم क्‍ष'],
  ['a joiner that joins nothing', 'a\u200db \u200c', 'a\\u{200d}b \\u{200c}'],
  ['control characters', 'a\u001b[31m\nb', 'a\\u{1b}[31m\\u{a}b'],
  ['marks of direction', 'a\u202eb\u2067', 'a\\u{202e}b\\u{2067}'],
])('%s', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});
