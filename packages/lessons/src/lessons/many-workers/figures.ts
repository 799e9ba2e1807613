import type { AnyFigure } from '../../figure/figure.ts';
import { orderFigure } from './order-figure.ts';
import { raceFigure } from './race-figure.ts';
import { treeFigure } from './tree-figure.ts';

/** The figures of the lesson, in its order. */
export const manyWorkersFigures: readonly AnyFigure[] = [orderFigure, treeFigure, raceFigure];
