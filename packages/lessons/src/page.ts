/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of the book: its kernels, figures and checks.
import { find, say } from '@convbook/page/browser';
import { createCompute } from './figure/compute.ts';
import { startFigure } from './figure/start-figure.ts';
import { figures } from './lessons/figures.ts';

async function start(): Promise<void> {
  const text = find<HTMLTemplateElement>('#kernels').content.textContent;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const compute = createCompute(await WebAssembly.compile(bytes));
  for (const figure of figures) startFigure(figure, compute);
}

function startCheck(check: HTMLElement): void {
  const form = find<HTMLFormElement>('[data-answer-form]', check);
  const [input, verdict] = [find<HTMLInputElement>('input', form), find('[data-verdict]', form)];
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const isRight = Math.abs(input.valueAsNumber - Number(check.dataset.check)) < 1e-6;
    check.dataset.answered = isRight ? 'right' : 'wrong';
    say(
      verdict,
      isRight
        ? { en: 'Right.', ko: '맞았습니다.' }
        : {
            en: 'Not yet: try again, or open the answer.',
            ko: '아직 아닙니다. 다시 해 보거나 답을 펼쳐 보십시오.',
          },
    );
    if (isRight) find<HTMLDetailsElement>('details', check).open = true;
  });
  form.hidden = false;
}

for (const check of document.querySelectorAll<HTMLElement>('[data-check]')) startCheck(check);
start().catch((error: unknown) => {
  const note = document.createElement('p');
  note.className = 'note';
  say(note, {
    en: `The figures do not move in this browser: ${String(error)}`,
    ko: `이 브라우저에서는 그림이 움직이지 않습니다: ${String(error)}`,
  });
  find('main').prepend(note);
});
