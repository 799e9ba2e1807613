/// <reference lib="dom" />
// The inspector's view of one image of the test set.
import { describe, find, make, paintInput, say } from '@convbook/page/browser';
import { answersShown, formatPercent } from '@convbook/page/text';
import { testImageName } from '../images/test-image-name.ts';
import { createExplainView } from './explain-view.ts';
import type { Explainer } from './explainer.ts';
import { createInspectorLayers } from './inspector-layers.ts';
import { answerText, notKeptText, unknownText } from './inspector-words.ts';
import type { LiveModel } from './page-data.ts';
import type { TestAnswer, TestSet } from './test-set.ts';

/** A page's model with what explains it. */
export interface LiveSources {
  readonly model: LiveModel;
  readonly explainer: Explainer;
}

/** The parts of the dialog that follow the image. */
export function createInspectorContent(
  dialog: HTMLElement,
  testSet: TestSet,
  live: LiveSources | null,
) {
  const { classNames, shape } = testSet;
  const part = <T extends HTMLElement>(selector: string) => find<T>(selector, dialog);
  const views = live && createLiveViews(dialog, testSet, live);
  const showMissing = (index: number, isKnown: boolean) => {
    part('[data-missing]').hidden = false;
    say(part('[data-missing]'), isKnown ? notKeptText(index) : unknownText(testSet.count));
  };
  return {
    show(index: number) {
      views?.stop();
      const isKnown = Number.isInteger(index) && index < testSet.count;
      const bytes = isKnown ? testSet.image(index) : null;
      const title = testImageName(index);
      say(part('[data-inspected]'), isKnown ? title : { en: 'No such image', ko: '없는 이미지' });
      part('[data-missing]').hidden = true;
      if (bytes === null) showMissing(index, isKnown);
      part('[data-found]').hidden = !isKnown;
      for (const one of dialog.querySelectorAll<HTMLElement>('[data-live-part], [data-leads]')) {
        one.hidden = bytes === null || live === null;
      }
      if (!isKnown) return;
      const answer = testSet.answer(index);
      const large = part<HTMLCanvasElement>('[data-large]');
      large.hidden = bytes === null;
      if (bytes !== null) {
        [large.height, large.width] = shape.slice(1);
        paintInput(large, bytes, shape);
        describe(large, 'aria-label', title);
      }
      const said = part('[data-said]');
      said.classList.toggle('wrong', answer.label !== answer.prediction);
      say(said, answerText(answer, classNames));
      const probabilities = bytes && views?.probabilities(bytes);
      fillProbabilities(part('[data-probabilities]'), answer, probabilities ?? null, classNames);
      if (bytes !== null && probabilities) views?.show(answer, bytes, probabilities);
    },
    stop() {
      views?.stop();
    },
  };
}

function createLiveViews(dialog: HTMLElement, testSet: TestSet, { model, explainer }: LiveSources) {
  const { classNames, shape } = testSet;
  const why = createExplainView(find('[data-why]', dialog), {
    explainer,
    classNames,
    imageShape: shape,
  });
  const layers = createInspectorLayers(find('[data-every-layer]', dialog), dialog, model.predictor);
  return {
    probabilities: (bytes: Uint8Array) => model.predictor.predict([bytes])[0].probabilities,
    show({ index, label, prediction }: TestAnswer, bytes: Uint8Array, probabilities: number[]) {
      const subject = { en: `test image ${index}`, ko: `시험 이미지 ${index}` };
      why.show({ bytes, subject, probabilities, prediction, label });
      layers.show(index, bytes);
    },
    stop: () => why.stop(),
  };
}

/** Probabilities of the classes; without the model those of the prediction and of the label. */
function fillProbabilities(
  body: HTMLElement,
  { label, prediction, ...answer }: TestAnswer,
  probabilities: readonly number[] | null,
  classNames: readonly string[],
): void {
  const known =
    probabilities === null
      ? new Map([
          [prediction, answer.predictionProbability],
          [label, answer.labelProbability],
        ])
      : new Map(probabilities.map((probability, k) => [k, probability]));
  const count = answersShown(known.size);
  const sorted = [...known].sort(([a, p], [b, q]) => q - p || a - b);
  const rows = sorted
    .filter(([k], place) => place < count || k === label)
    .sort(([a], [b]) => (count < known.size || probabilities === null ? 0 : a - b));
  body.replaceChildren();
  for (const [k, probability] of rows) {
    const row = make('tr', '', { class: k === prediction ? 'best' : k === label ? 'label' : '' });
    const [place, bar] = [make('td'), make('span', '', { class: 'bar' })];
    bar.style.setProperty('--share', String(probability));
    place.append(bar);
    const value = make('td', formatPercent(probability, 1), { class: 'number' });
    value.dataset.value = String(probability);
    row.append(make('th', classNames[k], { scope: 'row' }), value, place);
    body.append(row);
  }
}
