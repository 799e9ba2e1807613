// Windows of pooling over the example: how many there are, where the chosen one lies, which is chosen next.
import { outputSize } from '@convbook/core';
import type { Place } from '../../figure/figure.ts';
import { movedWindow } from '../../figure/moved-window.ts';
import { cellAt, type Area, type Cell } from '../../figure/rows.ts';
import { side } from './kinds.ts';

export interface Windows {
  readonly size: number;
  readonly stride: number;
  /** Number of the chosen window, row by row. */
  readonly at: number;
}

/** Windows along one side. */
export function windowsAcross({ size, stride }: Windows): number {
  return outputSize(side, size, stride, 0);
}

/** Row and column of the chosen window's output. */
export function outputPlace(windows: Windows): Cell {
  return cellAt(windows.at, windowsAcross(windows));
}

/** The chosen window over the input. */
export function windowArea(windows: Windows): Area {
  const { row, column } = outputPlace(windows);
  const { size, stride } = windows;
  return { row: row * stride, column: column * stride, height: size, width: size };
}

/** Whether some window covers a row, or a column. */
export function isRead(windows: Windows, place: number): boolean {
  const last = windowsAcross(windows) - 1;
  const nearest = Math.min(last, Math.floor(place / windows.stride));
  return place - nearest * windows.stride < windows.size;
}

/** With a window that exists after size or stride have changed. */
export function withinReach<State extends Windows>(state: State): State {
  return { ...state, at: Math.min(state.at, windowsAcross(state) ** 2 - 1) };
}

/** The window at a place of the input, or of a grid with a number for each window. */
export function chooseWindow<State extends Windows>(
  state: State,
  { part, row, column, by }: Place,
): State {
  const across = windowsAcross(state);
  if (part !== 'input') return { ...state, at: row * across + column };
  const now = outputPlace(state);
  const move = (from: number, to: number) => movedWindow({ ...state, from, place: to, by, across });
  return { ...state, at: move(now.row, row) * across + move(now.column, column) };
}
