import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { mistakesCell } from './mistakes.ts';

// 400,000 bytes hold 24 of the small images and more, and 14 of the large.
test.each([
  [14, [1, 28, 28]],
  [14, [3, 96, 96]],
] as [number, [number, number, number]][])(
  '%i mistakes are shown of images of %j, and it says how many',
  async (count, input) => {
    const name = input.join('-');
    const directory = writeSyntheticRun(join(temporaryDirectory(), name), {
      input,
      filters: 2,
      logitNoise: 3,
    });
    const cell = String(await mistakesCell.render(readRun(directory), null, null));
    expect(cell.match(/<figure class="mistake">/g)).toHaveLength(count);
    const text = pageText(cell).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(new RegExp(`Below are the ${count} worst of \\d+ mistakes`));
  },
);
