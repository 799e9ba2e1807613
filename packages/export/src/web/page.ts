/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of a page that classifies. All that it needs is in the page.
import { find } from '@convbook/page/browser';
import { createModel, loadNetwork } from '@convbook/runtime/network';
import { createClassifier } from './classifier.ts';
import { showTrouble } from './trouble.ts';
import { unpackNumbers, unpackPart } from './unpack-part.ts';

async function start(): Promise<void> {
  const source = find<HTMLTemplateElement>('#model').content.textContent;
  const files = { model: JSON.parse(source) as object, weights: await unpackNumbers('weights') };
  const kernels = unpackPart('kernels').then((bytes) => WebAssembly.compile(bytes));
  const model = createModel(await loadNetwork(files, kernels));
  createClassifier(model.description, (bytes) => model.predict(bytes));
  for (const note of document.querySelectorAll<HTMLElement>('[data-unavailable]')) {
    note.hidden = true;
  }
  find<HTMLElement>('[data-live]').hidden = false;
}

start().catch(showTrouble);
