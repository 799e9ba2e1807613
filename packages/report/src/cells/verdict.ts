// The verdict on a run and the next thing to do, on its first screen: a part of the result's cell.
import { commandLine, html, type Html, type Text } from '@convbook/page';
import { whatToDraw } from '@convbook/page/text';
import { picturesOf, withoutPaths, type Run } from '@convbook/run';
import { changedCommand } from '../analysis/changed-command.ts';
import { worstMistakes } from '../analysis/evaluation.ts';
import { nextChange } from '../analysis/next-change.ts';
import { isOver, resumeCommand } from '../analysis/resume-command.ts';
import { verdict, type Verdict } from '../analysis/verdict.ts';
import { filterCounts, type FilterAnswers } from '../explain/filter-answers.ts';
import { courseWords } from './course-text.ts';
import { findingText } from './finding-text.ts';
import { pathNote } from './path-note.ts';
import { canCarryModel } from './weights-left-out.ts';

/** The course in a sentence, the findings as links, and what to try; null where nothing can be said yet. */
export function verdictPart(run: Run, answers: FilterAnswers | null, isLive: boolean): Html | null {
  const found = verdict(run, answers && filterCounts(answers));
  const words = courseWords(found.course, run);
  const list = findings(found, run);
  const resumption = resumePart(run);
  if (words === null && list === null && resumption === null) return null;
  return html`<div class="judgement">
    ${
      words &&
      html`<p class="verdict">
        <a href="#training"><strong>${words.title}</strong></a> ${words.shows}
      </p>`
    }
    ${list} ${actions(run, isLive)} ${words && html`<p>${words.next}</p>`}
    ${nextCommand(found, run)} ${resumption}
  </div>`;
}

function findings({ findings }: Verdict, { record }: Run): Html | null {
  if (findings.length === 0) return null;
  const items = findings.map((finding) => {
    const { text, cell, isGood } = findingText(finding, record.data.classNames);
    return html`<li class="${isGood && 'good'}"><a href="#${cell}">${text}</a></li> `;
  });
  return html`<ul class="findings">
    ${items}
  </ul>`;
}

/** The two things that a reader does first. */
function actions(run: Run, isLive: boolean): Html | null {
  const draw = isLive ? drawText(run) : null;
  const worst = worstMistake(run);
  if (draw === null && worst === null) return null;
  return html`<p class="actions">
    ${draw && html`<a class="action" href="#try-it">${draw}</a>`}
    ${
      worst !== null &&
      html`<a class="action image-link" href="#image=${worst}" data-image="${worst}"
        >${{ en: 'Why is it wrong?', ko: '왜 틀렸을까?' }}</a
      >`
    }
  </p>`;
}

/** The input that one gives the model in the page; null where it reads no picture. */
function drawText(run: Run): Text | null {
  if (!canCarryModel(run)) return null;
  const { record } = run;
  const pictures = picturesOf(record.data);
  if (pictures.ground === null) return { en: 'Give it an image', ko: '이미지 넣어 보기' };
  const isDigit = whatToDraw(record.data.classNames, pictures).en === 'a digit';
  return isDigit
    ? { en: 'Draw a digit', ko: '숫자 그리기' }
    : { en: 'Draw one yourself', ko: '직접 그리기' };
}

/** The test image whose label the model found least probable, of those that the run keeps. */
function worstMistake({ evaluation, samples }: Run): number | null {
  if (evaluation === null || samples === null) return null;
  const kept = worstMistakes(evaluation).find(({ index }) => samples.images.has(index));
  return kept?.index ?? null;
}

function resumePart(run: Run): Html | null {
  const command = resumeCommand(run);
  if (command === null) return null;
  return html`<p>
      ${{
        en: 'Go on with it; the model will be the same, byte for byte, as without the interruption:',
        ko: '다음 명령으로 이어서 학습하면 중단 없이 학습했을 때와 바이트까지 똑같은 모델이 나옵니다.',
      }}
    </p>
    ${commandLine(command)}`;
}

function nextCommand({ course }: Verdict, run: Run): Html | null {
  if (course === null || !isOver(run)) return null;
  const change = nextChange(course, run);
  const command = change && changedCommand(withoutPaths(run.record).command, change);
  return command === null ? null : html`${commandLine(command)} ${pathNote(run.record)}`;
}
