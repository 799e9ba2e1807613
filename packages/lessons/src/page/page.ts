/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of the book: its figures and checks.
import { find, say } from '@convbook/page/browser';
import { figures } from '../lessons/figures.ts';
import { readTemplate } from './read-data.ts';
import { startCheck } from './start-check.ts';
import { startFigure } from './start-figure.ts';

for (const check of document.querySelectorAll<HTMLElement>('[data-check]')) startCheck(check);
const kernels = readTemplate('kernels').then((bytes) => WebAssembly.compile(bytes));
for (const figure of figures) startFigure(figure, kernels);
kernels.catch((error: unknown) => {
  const note = document.createElement('p');
  note.className = 'note';
  say(note, {
    en: `The figures do not move in this browser: ${String(error)}`,
    ko: `이 브라우저에서는 그림이 움직이지 않습니다: ${String(error)}`,
  });
  find('main').prepend(note);
});
