import {
  formatCount,
  formatDate,
  formatPlural,
  glossary,
  glossaryPart,
  html,
  inLanguages,
  markTerms,
  pageLayout,
  renderPage,
  type HtmlValue,
  type Part,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import { capsuleElement } from '../capsule/capsule-element.ts';
import { cells } from '../cells/index.ts';
import { inspectorDialog } from '../cells/inspector.ts';
import type { Networks } from '../explain/networks.ts';
import { pageScript, type LiveParts } from '../live/live-parts.ts';
import { linkedImages, mappedImages } from '../live/linked-images.ts';
import { testSetElement } from '../live/test-set-element.ts';
import { lessonLink } from './lesson-link.ts';
import { chartScript, readScript } from './read-script.ts';

export interface NotebookKind {
  /** Whether it is served while the run goes on, and asks for what is new. */
  isGrowing?: boolean;
  /** Address of the list of runs; without it there is no link. */
  list?: string | undefined;
  /** Address of the book of lessons; without it there are no links to lessons. */
  book?: string | undefined;
}

/**
 * The notebook of a run: one self-contained HTML document, the same text whenever it is made.
 *
 * @param live The trained model and the kernels for the live cells; without them these are left out.
 * @param networks What the run's network computes, for the cells that show it; likewise.
 */
export async function renderNotebook(
  run: Run,
  live: LiveParts | null = null,
  networks: Networks | null = null,
  { isGrowing = false, list, book }: NotebookKind = {},
): Promise<string> {
  const parts: Part[] = [];
  for (const { id, title, render } of cells) {
    const content = await render(run, live, networks);
    if (content === null) continue;
    parts.push({
      id,
      title,
      content: html`${markTerms(content, glossary)} ${lessonLink(id, book)}`,
    });
  }
  parts.push({ id: 'terms', title: { en: 'Terms', ko: '용어' }, content: glossaryPart(glossary) });
  const { model, data } = run.record;
  const testSet = await testSetElement(run, linkedImages(parts), mappedImages(parts));
  return renderPage({
    title: {
      en: `${model.name} on ${data.name} · ${run.name}`,
      ko: `${model.name} · ${data.name} · ${run.name}`,
    },
    isServed: isGrowing,
    scripts: [
      readScript('notebook.js'),
      ...(isGrowing ? [readScript('growing.js')] : []),
      readScript('cell-images.js'),
      await chartScript(),
      ...(testSet === null ? [] : [await pageScript()]),
    ],
    body: html`${pageLayout(
      {
        kicker: inLanguages(
          (language) => `Convbook · ${run.name} · ${formatDate(run.record.createdAt)[language]}`,
        ),
        list,
        heading: html`${model.name} <span>${{ en: 'on', ko: '·' }}</span> ${data.name}`,
        lead: lead(run),
      },
      parts,
    )}
    ${testSet !== null && inspectorDialog(run, live)} ${testSet} ${capsuleElement(run.recordText)}`,
  });
}

/** Says in a sentence what was trained. */
function lead({ record, epochCount, stepCount }: Run): Text<HtmlValue> {
  const { model, data, configuration, result } = record;
  const whole = result?.epochs ?? epochCount;
  const done = whole > 0 ? formatPlural(whole, 'epoch') : formatPlural(stepCount, 'step');
  const doneKo = whole > 0 ? `${formatCount(whole)}에폭` : `${formatCount(stepCount)}스텝`;
  return {
    en: `A network of ${formatPlural(model.layers.length, 'layer')} and ${formatCount(model.parameters)} parameters, trained for ${done} on ${formatPlural(data.trainSamples, 'image')} with ${configuration.optimizer.name}.`,
    ko: html`층 ${formatCount(model.layers.length)}개와 매개변수
      ${formatCount(model.parameters)}개로 된 신경망을 훈련 이미지
      ${formatCount(data.trainSamples)}장으로 ${doneKo} 학습했습니다(옵티마이저
      <code>${configuration.optimizer.name}</code>).`,
  };
}
