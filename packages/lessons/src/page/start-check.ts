/// <reference lib="dom" />
import { find, say } from '@convbook/page/browser';
import type { Text } from '@convbook/page/markup';
import { isAnswer, toTyped } from '../figure/answer.ts';

const right: Text = { en: 'Right.', ko: '맞았습니다.' };
const wrong: Text = {
  en: 'Not yet: try again, or open the answer.',
  ko: '아직 아닙니다. 다시 해 보거나 답을 펼쳐 보십시오.',
};
const noNumber: Text = {
  en: 'Type one number, such as 1,250 or −0.5.',
  ko: '1,250이나 −0.5처럼 수 하나를 쓰십시오.',
};

/** Lets a reader answer before the answer opens. */
export function startCheck(check: HTMLElement): void {
  const form = find<HTMLFormElement>('[data-answer-form]', check);
  const [input, verdict] = [find<HTMLInputElement>('input', form), find('[data-verdict]', form)];
  const rounded = Number(check.dataset.check);
  const decimals =
    check.dataset.decimals === undefined ? undefined : Number(check.dataset.decimals);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = toTyped(input.value);
    const isRight = isAnswer(typed, rounded, decimals);
    check.dataset.answered = isRight ? 'right' : 'wrong';
    say(verdict, isRight ? right : Number.isNaN(typed) ? noNumber : wrong);
    if (isRight) find<HTMLDetailsElement>('details', check).open = true;
  });
  form.hidden = false;
}
