import type { AnyFigure } from '../../figure/figure.ts';
import { activationFigure } from './activation-figure.ts';
import { bankFigure } from './bank-figure.ts';
import { sumFigure } from './sum-figure.ts';

/** The figures of the lesson, in its order. */
export const channelsFigures: readonly AnyFigure[] = [sumFigure, activationFigure, bankFigure];
