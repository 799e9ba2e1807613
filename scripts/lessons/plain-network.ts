// node --import tsx scripts/lessons/plain-network.ts
import { models } from '../../packages/lessons/src/lessons/plain-network/models.ts';
import { trainWeights } from './train-weights.ts';

await trainWeights('plain-network', models);
