/// <reference lib="dom" />
// Numbers that are too many for a grid: the largest as a table, all of them on request.
import { make } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import { digits } from './numbers.ts';

/** A line of the table. */
export interface ListLine {
  readonly name: Text;
  readonly values: readonly number[];
  /** Where its name leads, none to nowhere. */
  readonly follow: (() => void) | null;
}

/** A table with a column of names and columns of numbers. */
export function numberTable(
  title: Text,
  columns: readonly Text[],
  lines: readonly ListLine[],
): HTMLElement {
  const table = make('table', '', { class: 'data' });
  table.append(make('caption', title));
  const head = make('tr');
  for (const name of columns) head.append(make('th', name, { scope: 'col' }));
  table.append(head);
  for (const { name, values, follow } of lines) {
    const line = make('tr');
    line.append(nameCell(name, follow));
    for (const value of values) line.append(make('td', digits(value)));
    table.append(line);
  }
  return table;
}

function nameCell(name: Text, follow: ListLine['follow']): HTMLElement {
  if (follow === null) return make('td', name);
  const cell = make('td');
  const button = make('button', name, { type: 'button', class: 'link-button' });
  button.addEventListener('click', follow);
  cell.append(button);
  return cell;
}

/** A closed part of the page, which is filled when it is opened first. */
export function openLater(title: Text, content: () => HTMLElement): HTMLElement {
  const fold = make('details', '', { class: 'fold' });
  fold.append(make('summary', title));
  fold.addEventListener('toggle', () => fold.append(content()), { once: true });
  return fold;
}
