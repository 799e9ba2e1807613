/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of a page that classifies. All that it needs is in the page.
import { decodeSafetensors } from '@convbook/core';
import { resolveModel } from '@convbook/layers';
import { find } from '@convbook/page/browser';
import { createPredictor, parseModelDescription } from '@convbook/runtime';
import { createClassifier } from './classifier.ts';
import { showTrouble } from './trouble.ts';
import { unpackNumbers, unpackPart } from './unpack-part.ts';

async function start(): Promise<void> {
  const source = find<HTMLTemplateElement>('#model').content.textContent;
  const described = parseModelDescription(JSON.parse(source), 'the page');
  const [kernels, weights] = await Promise.all([unpackPart('kernels'), unpackNumbers('weights')]);
  const { tensors } = decodeSafetensors(weights, 'the page');
  const parameters = new Map<string, Float32Array>();
  for (const [name, { dtype, data }] of tensors) if (dtype === 'F32') parameters.set(name, data);
  const module = await WebAssembly.compile(kernels);
  const { scaling } = described;
  const model = resolveModel(described.model);
  const predictor = createPredictor({ module, model, parameters, scaling });
  createClassifier(described, (bytes) => predictor.predict([bytes])[0]);
  for (const note of document.querySelectorAll<HTMLElement>('[data-unavailable]'))
    note.hidden = true;
  find<HTMLElement>('[data-live]').hidden = false;
}

start().catch(showTrouble);
