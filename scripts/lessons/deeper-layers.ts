// node --import tsx scripts/lessons/deeper-layers.ts
import { presets } from '@convbook/layers';
import { trainWeights } from './train-weights.ts';

await trainWeights('deeper-layers', { 'tf-tutorial': presets['tf-tutorial'] });
