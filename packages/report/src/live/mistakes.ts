/// <reference lib="dom" />
// The images of the test set that one chooses, a page of them at a time.
import { find, say, whenNear } from '@convbook/page/browser';
import { predictionsCsv } from './csv.ts';
import { createChoiceForm } from './choice-form.ts';
import { download } from './download.ts';
import { chosenAnswers, type ImageChoice } from './image-choice.ts';
import { imageTile } from './image-tile.ts';
import { leftOutWords, matchWords, pageCountWords, restrictedWords } from './mistakes-words.ts';
import type { TestAnswer, TestSet } from './test-set.ts';

/** Images shown together: two full rows on a wide screen, five on a narrow one. */
const perPage = 14;

/** The requests that other parts of the page may make. */
export interface Mistakes {
  /** Shows none but these images, of those that one chooses otherwise; null for all again. */
  restrict(indexes: readonly number[] | null): void;
}

/** Starts the cell of mistakes: nothing is drawn before it comes near. */
export function createMistakes(testSet: TestSet): Mistakes {
  const part = find<HTMLElement>('[data-image-browser]');
  const list = find<HTMLElement>('[data-matching]', part);
  const said = find<HTMLElement>('[data-matches]', part);
  const pages = find<HTMLElement>('[data-pages]', part);
  const [back, on] = ['back', 'on'].map((name) =>
    find<HTMLButtonElement>(`[data-list-${name}]`, part),
  );
  const kept = new Set(testSet.kept);
  let among: ReadonlySet<number> | null = null;
  let hasBegun = false;

  const show = () => {
    const choice: ImageChoice = { ...form.choice(), among };
    const found = chosenAnswers(testSet, choice);
    const pictured = found.filter(({ index }) => kept.has(index));
    const count = Math.max(1, Math.ceil(pictured.length / perPage));
    const page = form.turnTo(form.page(), count);
    const first = (page - 1) * perPage;
    drawTiles(list, testSet, pictured.slice(first, first + perPage));
    say(said, matchWords(testSet, choice, found, pictured.length));
    pages.hidden = count === 1;
    say(find('[data-page-count]', pages), pageCountWords(count));
    back.disabled = page === 1;
    on.disabled = page === count;
  };
  const form = createChoiceForm(part, testSet, show);
  const turn = (step: number) => {
    form.turnTo(form.page() + step, Infinity);
    form.remember();
    show();
    // A disabled button loses the focus, and who goes on by keyboard would begin at the top of the page again.
    const [pressed, other] = step > 0 ? [on, back] : [back, on];
    if (pressed.disabled) other.focus();
    part.scrollIntoView({ block: 'nearest' });
  };
  back.addEventListener('click', () => turn(-1));
  on.addEventListener('click', () => turn(1));
  find('[data-csv]', part).addEventListener('click', () =>
    download('predictions.csv', 'text/csv', predictionsCsv(testSet)),
  );

  const begin = () => {
    if (hasBegun) return;
    hasBegun = true;
    form.begin();
    show();
    const leftOut = find<HTMLElement>('[data-left-out]', part);
    leftOut.hidden = testSet.kept.length === testSet.count;
    say(leftOut, leftOutWords(testSet));
    document.querySelector<HTMLElement>('[data-worst]')?.setAttribute('hidden', '');
    part.hidden = false;
  };
  const restrict = (indexes: readonly number[] | null) => {
    among = indexes === null ? null : new Set(indexes);
    const note = find<HTMLElement>('[data-restricted]', part);
    note.hidden = indexes === null;
    say(find('[data-restricted-count]', note), restrictedWords(among?.size ?? 0));
    form.turnTo(1, 1);
    if (hasBegun) show();
    else begin();
  };
  find('[data-unrestrict]', part).addEventListener('click', () => {
    restrict(null);
    // The button is hidden now, and would take the focus with it.
    find<HTMLElement>('form select', part).focus({ preventScroll: true });
  });
  whenNear(part.closest('section') ?? part, begin);
  return { restrict };
}

function drawTiles(list: HTMLElement, testSet: TestSet, shown: readonly TestAnswer[]): void {
  list.replaceChildren();
  for (const answer of shown) list.append(imageTile(testSet, answer));
}
