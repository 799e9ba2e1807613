/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// One test image from everywhere: every picture of one in the page opens it, and so does `#image=12`.
import { find, say } from '@convbook/page/browser';
import { arrowSteps } from './arrow-keys.ts';
import { chosenIn, linkTo } from './image-list.ts';
import { createInspectorAddress } from './inspector-address.ts';
import { createInspectorContent, type LiveSources } from './inspector-content.ts';
import { copied, notCopied, placeText } from './inspector-words.ts';
import { imagesAround } from './images-around.ts';
import { onSwipe } from './swipe.ts';
import type { TestSet } from './test-set.ts';
import type { TryIt } from './try-it.ts';

/** Starts the inspector; nothing where the page has no such part. */
export function createInspector(
  testSet: TestSet,
  live: LiveSources | null,
  tryIt: TryIt | null,
): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.inspector');
  if (dialog === null) return;
  const part = <T extends HTMLElement>(selector: string) => find<T>(selector, dialog);
  const buttons = {
    previous: part<HTMLButtonElement>('[data-previous]'),
    next: part<HTMLButtonElement>('[data-next]'),
  };
  let content: ReturnType<typeof createInspectorContent> | null = null;
  let list: readonly number[] = [];
  let current = NaN;
  let opener: HTMLElement | null = null;

  const show = (index: number) => {
    content ??= createInspectorContent(dialog, testSet, live);
    if (!dialog.open) {
      dialog.showModal();
      part('[data-inspected]').focus();
    }
    current = index;
    if (!list.includes(index)) list = imagesAround(testSet, index);
    const place = list.indexOf(index);
    buttons.previous.disabled = place <= 0;
    buttons.next.disabled = place >= list.length - 1;
    say(part('[data-place]'), list.length > 1 ? placeText(place, list.length) : '');
    say(part('[data-copied]'), '');
    content.show(index);
    dialog.scrollTop = 0;
  };
  const address = createInspectorAddress((index) => {
    if (index !== null) show(index);
    else if (dialog.open) dialog.close();
  });
  const step = (by: number) => {
    const index = list.at(Math.max(0, list.indexOf(current) + by));
    if (index === undefined || index === current) return;
    address.go(index);
    show(index);
  };

  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const { target } = event;
    const link = target instanceof Element ? target.closest<HTMLElement>('a[data-image]') : null;
    if (link === null) return;
    event.preventDefault();
    // A click by keyboard has no place.
    const place = event.detail === 0 ? null : { x: event.clientX, y: event.clientY };
    const choice = chosenIn(link, place);
    ({ list } = choice);
    opener = link;
    address.open(choice.index);
    show(choice.index);
  });
  dialog.addEventListener('click', ({ target }) => {
    // The parts of the dialog cover it: beside them is the backdrop.
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    content?.stop();
    const giveFocus = () => linkTo(current, opener)?.focus({ preventScroll: true });
    giveFocus();
    // The images of a confusion cell show only while the address names them.
    address.close(giveFocus);
  });
  dialog.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const isField = target instanceof Element && target.matches('select, input');
    const [by] = arrowSteps[key] ?? [0];
    if (isField || event.altKey || event.ctrlKey || event.metaKey || by === 0) return;
    event.preventDefault();
    step(by);
  });
  onSwipe(dialog, step);
  buttons.previous.addEventListener('click', () => step(-1));
  buttons.next.addEventListener('click', () => step(1));
  part('[data-close]').addEventListener('click', () => dialog.close());
  part('[data-copy-link]').addEventListener('click', () => {
    const said = part('[data-copied]');
    const tell = (isCopied: boolean) => {
      said.classList.remove('hidden');
      say(said, isCopied ? copied : notCopied);
    };
    void copyAddress().then(tell);
  });
  const lead = (button: HTMLElement, cell: string, field: string) => {
    if (tryIt === null || document.querySelector(cell) === null) button.hidden = true;
    button.addEventListener('click', () => {
      tryIt?.showTestImage(current);
      opener = document.querySelector<HTMLElement>(field);
      address.leave(cell);
      dialog.close();
    });
  };
  lead(part('[data-try]'), '#try-it', '#try-it [data-sample]');
  lead(part('[data-explain-pixel]'), '#pixel', '#pixel select');

  const first = address.opened();
  if (first !== null) show(first);
}

async function copyAddress(): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    return false;
  }
}
