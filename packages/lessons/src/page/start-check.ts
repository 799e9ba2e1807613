/// <reference lib="dom" />
import { find, say } from '@convbook/page/browser';

/** Lets a reader answer before the answer opens. */
export function startCheck(check: HTMLElement): void {
  const form = find<HTMLFormElement>('[data-answer-form]', check);
  const [input, verdict] = [find<HTMLInputElement>('input', form), find('[data-verdict]', form)];
  const answer = Number(check.dataset.check);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // As exact as the answer is shown.
    const isRight = Math.abs(input.valueAsNumber - answer) <= 5e-4 * Math.max(1, Math.abs(answer));
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
