/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of a notebook: reads what the page carries, and starts its parts.
import { say } from '@convbook/page/browser';
import { createConfusionEpochs } from './confusion-epochs.ts';
import { createMistakes } from './mistakes.ts';
import { createImageMap } from './image-map.ts';
import { createExplainer } from './explainer.ts';
import { createInspector } from './inspector.ts';
import { holdAddress } from './hold-address.ts';
import { readLiveModel, readTestSet } from './page-data.ts';
import { createTryIt } from './try-it.ts';

async function start(): Promise<void> {
  holdAddress();
  createConfusionEpochs();
  const [model, testSet] = await Promise.all([readLiveModel(), readTestSet()]);
  const live = model && { model, explainer: createExplainer(model) };
  const tryIt = live && createTryIt(live, testSet);
  if (testSet !== null) {
    const mistakes = createMistakes(testSet);
    createImageMap(testSet, (indexes) => mistakes.restrict(indexes));
    createInspector(testSet, live, tryIt);
  }
  if (model === null) return;
  for (const note of document.querySelectorAll<HTMLElement>('[data-unavailable]')) {
    note.hidden = true;
  }
  for (const part of document.querySelectorAll<HTMLElement>(
    '[data-live],[data-maps],[data-pixel]',
  )) {
    part.hidden = false;
  }
}

start().catch((error: unknown) => {
  for (const note of document.querySelectorAll('[data-unavailable]')) {
    say(note, {
      en: `This part does not run in this browser: ${String(error)}`,
      ko: `이 부분은 이 브라우저에서 작동하지 않습니다: ${String(error)}`,
    });
  }
});
