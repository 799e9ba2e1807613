/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The fields by which one chooses test images. They are the state: the address keeps what differs from the begin.
import { find, make } from '@convbook/page/browser';
import { imageOrders, numbersIn, type ImageChoice } from './image-choice.ts';
import type { TestSet } from './test-set.ts';

/** A choice by the fields alone. */
export type FieldChoice = Omit<ImageChoice, 'among'>;

/** Reads the fields; `onChange` hears of every change. */
export function createChoiceForm(part: HTMLElement, { classNames }: TestSet, onChange: () => void) {
  const form = find<HTMLFormElement>('form', part);
  const pageField = find<HTMLInputElement>('[name="page"]', part);
  let untouched = new Map<string, string>();

  const values = () => {
    const found = new Map<string, string>();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') found.set(name, value);
    }
    return found;
  };
  const sayPercents = () => {
    for (const output of part.querySelectorAll<HTMLOutputElement>('[data-percent]')) {
      output.textContent = `${values().get(output.dataset.percent ?? '')}%`;
    }
  };
  const remember = () => {
    const search = new URLSearchParams(location.search);
    for (const [name, value] of values()) {
      if (value === untouched.get(name)) search.delete(name);
      else search.set(name, value);
    }
    const query = String(search);
    const address = query === '' ? location.pathname : `?${query}`;
    history.replaceState(history.state, '', `${address}${location.hash}`);
  };
  const changed = () => {
    sayPercents();
    onChange();
  };
  part.addEventListener('input', ({ target }) => {
    // A page number may be half typed.
    if (target === pageField) return;
    pageField.value = '1';
    changed();
  });
  part.addEventListener('change', ({ target }) => {
    if (target === pageField) onChange();
    remember();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () =>
    // The fields change after this event.
    setTimeout(() => {
      changed();
      remember();
    }),
  );

  return {
    /** Fills the lists of classes, and sets the fields as the address says. */
    begin() {
      for (const list of form.querySelectorAll('[name="label"], [name="prediction"]')) {
        classNames.forEach((name, k) => list.append(make('option', name, { value: String(k) })));
      }
      untouched = values();
      const search = new URLSearchParams(location.search);
      for (const name of untouched.keys()) restore(form, name, search.get(name));
      sayPercents();
    },
    choice: (): FieldChoice => toChoice(values()),
    page: () => pageField.valueAsNumber || 1,
    /** Goes to a page, as near as there is one; returns it. */
    turnTo(page: number, count: number): number {
      const there = Math.max(1, Math.min(Math.floor(page), count));
      pageField.value = String(there);
      pageField.max = count === Infinity ? '' : String(count);
      return there;
    },
    remember,
  };
}

/** Sets a field to a value that it may have. */
function restore(form: HTMLFormElement, name: string, value: string | null): void {
  const field = form.elements.namedItem(name);
  if (value === null) return;
  if (field instanceof HTMLInputElement) field.value = value;
  if (!(field instanceof HTMLSelectElement)) return;
  if ([...field.options].some((option) => option.value === value)) field.value = value;
}

function toChoice(values: ReadonlyMap<string, string>): FieldChoice {
  const text = (name: string) => values.get(name) ?? '';
  const classOf = (name: string) => (text(name) === '' ? null : Number(text(name)));
  const shown = text('shown');
  return {
    shown: shown === 'right' || shown === 'all' ? shown : 'wrong',
    label: classOf('label'),
    prediction: classOf('prediction'),
    from: Number(text('from')) / 100,
    to: Number(text('to')) / 100,
    order: imageOrders.find((order) => order === text('order')) ?? 'worst',
    numbers: numbersIn(text('numbers')),
  };
}
