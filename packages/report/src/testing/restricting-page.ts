/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of a page whose buttons restrict the images that one chooses, as another part of a notebook does.
import { createMistakes } from '../live/mistakes.ts';
import { readTestSet } from '../live/page-data.ts';

async function start(): Promise<void> {
  const testSet = await readTestSet();
  if (testSet === null) throw new Error('the page has no test set');
  const { restrict } = createMistakes(testSet);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-restrict]')) {
    const indexes = button.dataset.restrict?.split(' ').filter(Boolean).map(Number);
    button.addEventListener('click', () =>
      restrict(button.value === 'all' ? null : (indexes ?? [])),
    );
  }
}

void start();
