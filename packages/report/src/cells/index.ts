import type { Cell } from './cell.ts';
import { configurationCell } from './configuration.ts';
import { confusionCell } from './confusion.ts';
import { dataCell } from './data.ts';
import { explanationsCell } from './explanations.ts';
import { featureMapsCell } from './feature-maps.ts';
import { filtersCell } from './filters.ts';
import { imageMapCell } from './image-map.ts';
import { mistakesCell } from './mistakes.ts';
import { modelCell } from './model.ts';
import { pixelCell } from './pixel.ts';
import { reliabilityCell } from './reliability.ts';
import { resultCell } from './result.ts';
import { trainingCell } from './training.ts';
import { tryItCell } from './try-it.ts';

/**
 * Every cell, in the order of the notebook: what the model does and where it fails, what it has learned, how
 * it was trained and from what, how far it can be trusted, and what repeats it.
 */
export const cells: readonly Cell[] = [
  resultCell,
  tryItCell,
  mistakesCell,
  confusionCell,
  imageMapCell,
  filtersCell,
  featureMapsCell,
  pixelCell,
  trainingCell,
  dataCell,
  modelCell,
  reliabilityCell,
  explanationsCell,
  configurationCell,
];
