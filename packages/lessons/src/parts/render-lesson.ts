import { readFileSync } from 'node:fs';
import { packageFile } from '@convbook/core/node';
import { lessonTitles, sourceFold, type Part } from '@convbook/page';
import { html, type Html } from '@convbook/page/markup';
import { formatAnswer, roundedAnswer } from '../figure/answer.ts';
import type { Compute } from '../figure/compute.ts';
import { renderFigure } from '../figure/render-figure.ts';
import type { Check, Lesson, LessonPart } from '../lesson.ts';
import { sources } from './sources.ts';

/**
 * A lesson as a part of the book.
 *
 * @param run Address of a reader's notebook.
 */
export function renderLesson(lesson: Lesson, compute: Compute, run?: string): Part {
  const { id, question, parts, notice, checks, example, slips = [] } = lesson;
  return {
    id,
    title: lessonTitles[id],
    content: html`<p class="question">${question}</p>
      ${parts.map((part) => renderPart(part, compute))}
      <h3>${{ en: 'What to notice', ko: '눈여겨볼 점' }}</h3>
      <ul>
        ${notice.map((finding) => html`<li>${finding}</li> `)}
      </ul>
      <h3>${{ en: 'Check yourself', ko: '확인하기' }}</h3>
      <ol class="checks">
        ${checks.map(renderCheck)}
      </ol>
      ${sourceFold(exampleText(example))} ${slips.length > 0 && renderSlips(slips)}
      ${renderSources(lesson)}
      ${lesson.notebook !== undefined && run !== undefined && renderOwnRun(lesson.notebook, run)}`,
  };
}

/** The program of a lesson, which a test runs. */
function exampleText(name: string): string {
  return readFileSync(packageFile(`@convbook/lessons/assets/${name}`, import.meta.url), 'utf8');
}

function renderPart(part: LessonPart, compute: Compute): Html {
  return 'prose' in part ? part.prose : renderFigure(part.figure, compute, html`${part.caption}`);
}

/** Without a script the answer is a fold; with one it waits for the reader's. */
function renderCheck({ question, answer, decimals, why }: Check): Html {
  const rounded = roundedAnswer(answer, decimals);
  // The number pad of some phones has no minus.
  const keys = rounded < 0 ? 'text' : 'decimal';
  return html`<li
    data-check="${rounded}"
    ${decimals !== undefined && html`data-decimals="${decimals}"`}
  >
    <p>${question}</p>
    <form class="try-controls" data-answer-form hidden>
      <label
        ><span class="hidden">${{ en: 'Your answer', ko: '답' }}</span>
        <input type="text" inputmode="${keys}" autocomplete="off" required
      /></label>
      <button type="submit">${{ en: 'Check', ko: '확인' }}</button>
      <span role="status" data-verdict></span>
    </form>
    <details class="fold">
      <summary>${{ en: 'The answer', ko: '답 보기' }}</summary>
      <p><b>${formatAnswer(rounded)}</b>. ${why}</p>
    </details>
  </li> `;
}

function renderSlips(slips: Lesson['slips']): Html {
  return html`<h3>${{ en: 'Where a text slips', ko: '글마다 조금 다른 곳' }}</h3>
    <ul class="slips">
      ${(slips ?? []).map((slip) => html`<li>${slip}</li> `)}
    </ul>`;
}

function renderSources({ sources: places }: Lesson): Html {
  return html`<p class="sources">
    ${{ en: 'Read it beside:', ko: '함께 읽을 글:' }}
    ${places.map(
      ({ source, where }, k) => html`${k > 0 && '; '}${source}, ${sources[source]} (${where})`,
    )}
  </p>`;
}

/** Leads to the part of a notebook that shows the same of a network the reader trained. */
function renderOwnRun(part: string, run: string): Html {
  return html`<p>
    <a href="${run}#${part}">${{ en: 'See it in your own run', ko: '자기 실행에서 보기' }}</a>
  </p>`;
}
