/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of a notebook: reads what the page carries, and starts its parts.
import { say } from '@convbook/page/browser';
import { createImageMap } from './image-map.ts';
import { createMistakes } from './mistakes.ts';
import { readLiveModel, readTestSet } from './page-data.ts';
import type { TestSet } from './test-set.ts';
import { createTryIt } from './try-it.ts';

async function start(): Promise<void> {
  const [model, testSet] = await Promise.all([readLiveModel(), readTestSet()]);
  if (testSet !== null) startImages(testSet);
  if (model === null) return;
  createTryIt(model, testSet);
  for (const note of document.querySelectorAll<HTMLElement>('[data-unavailable]')) {
    note.hidden = true;
  }
  for (const part of document.querySelectorAll<HTMLElement>(
    '[data-live],[data-maps],[data-pixel]',
  )) {
    part.hidden = false;
  }
}

/** What one chooses on the map is listed among the mistakes. */
function startImages(testSet: TestSet): void {
  const mistakes = createMistakes(testSet);
  createImageMap(testSet, (indexes) => mistakes.restrict(indexes));
}

start().catch((error: unknown) => {
  for (const note of document.querySelectorAll('[data-unavailable]')) {
    say(note, {
      en: `This part does not run in this browser: ${String(error)}`,
      ko: `이 부분은 이 브라우저에서 작동하지 않습니다: ${String(error)}`,
    });
  }
});
