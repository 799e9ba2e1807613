/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Numbers as a grid, coloured by their size; those that lead on are buttons, with one stop of Tab for all of them.
import { highest } from '@convbook/core';
import { describe, make } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import { arrowSteps } from './arrow-keys.ts';
import { digits, short } from './numbers.ts';

/** The way that a number leads, and its name. */
export interface GridLink {
  readonly name: Text;
  follow(): void;
}

/** A number of a grid. */
export interface GridCell {
  readonly value: number;
  readonly isOutside?: boolean;
  readonly isKept?: boolean;
  /** Whether it is the one that is computed now, or not yet computed. */
  readonly isCurrent?: boolean;
  readonly isLater?: boolean;
  /** None leads nowhere. */
  readonly link?: GridLink | null;
}

/** A grid with its title, `width` numbers in a row; `limit` has the full colour, else the largest has. */
export function numberGrid(
  title: Text,
  cells: readonly GridCell[],
  width: number,
  limit?: number,
): HTMLElement {
  const largest = limit ?? Math.max(highest(cells.map(({ value }) => Math.abs(value))), 1e-30);
  const table = make('table', '', { class: 'window' });
  table.append(make('caption', title));
  for (let start = 0; start < cells.length; start += width) {
    const row = make('tr');
    for (const cell of cells.slice(start, start + width)) row.append(cellOf(cell, largest));
    table.append(row);
  }
  makeOneStop(table, width);
  return table;
}

function cellOf(cell: GridCell, largest: number): HTMLElement {
  const { value, isLater = false, link = null } = cell;
  const text = isLater ? '' : short(value);
  const place = make('td', link === null ? text : '', { class: classesOf(cell) });
  place.title = isLater ? '' : digits(value);
  const share = isLater ? 0 : Math.min(1, Math.abs(value) / largest);
  place.style.setProperty('--share', String(share));
  if (link !== null) {
    const button = make('button', text, { type: 'button' });
    describe(button, 'aria-label', {
      en: `${digits(value)}, from ${link.name.en}`,
      ko: `${digits(value)}, ${link.name.ko}의 값`,
    });
    button.addEventListener('click', () => link.follow());
    place.append(button);
  }
  return place;
}

function classesOf({ value, isOutside, isKept, isCurrent, isLater }: GridCell): string {
  const marks = { outside: isOutside, kept: isKept, current: isCurrent, later: isLater };
  const names = Object.entries(marks).flatMap(([name, has]) => (has ? [name] : []));
  return [value < 0 ? 'negative' : 'positive', ...names].join(' ');
}

/** Tab reaches one button of the grid, arrow keys the others. */
function makeOneStop(table: HTMLElement, width: number): void {
  const buttons = [...table.querySelectorAll('button')];
  if (buttons.length === 0) return;
  buttons.forEach((button, k) => (button.tabIndex = k === 0 ? 0 : -1));
  const places = [...table.querySelectorAll('td')];
  table.addEventListener('keydown', (event) => {
    const at = places.findIndex((place) => place.contains(document.activeElement));
    const [right, down] = arrowSteps[event.key] ?? [NaN, NaN];
    const to = places[at + right + down * width]?.querySelector('button');
    if (!to) return;
    event.preventDefault();
    buttons.forEach((button) => (button.tabIndex = button === to ? 0 : -1));
    to.focus();
  });
}
