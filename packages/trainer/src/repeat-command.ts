import { formatAugmentation } from './augmentation.ts';
import type { Configuration } from './configuration.ts';
import { formatLoss } from './loss.ts';
import { formatOptimizer } from './optimizer.ts';
import { formatSchedule } from './schedule.ts';

/** The command that trains the same model again: everything that decides its bytes. */
export function repeatCommand(model: string, data: string, configuration: Configuration): string {
  const { optimizer, limit, validation, l1Penalty, l2Penalty, augment } = configuration;
  const loss = formatLoss(configuration.loss);
  const options: [string, string | number | null][] = [
    ['model', model],
    ['data', data],
    ['epochs', configuration.epochs],
    ['batch-size', configuration.batchSize],
    ['shard-size', configuration.shardSize],
    ['optimizer', formatOptimizer(optimizer)],
    ['learning-rate', configuration.learningRate],
    ['momentum', 'momentum' in optimizer ? optimizer.momentum : null],
    ['weight-decay', optimizer.weightDecay],
    ['schedule', formatSchedule(configuration.schedule)],
    ['loss', loss === 'softmax-cross-entropy' ? null : loss],
    ['l1-penalty', l1Penalty === 0 ? null : l1Penalty],
    ['l2-penalty', l2Penalty === 0 ? null : l2Penalty],
    ['clip-norm', configuration.clipNorm],
    ['augment', augment === null ? null : formatAugmentation(augment)],
    ['seed', configuration.seed],
    ['limit', limit],
    ['validation', validation === 0 ? null : validation],
    ['patience', configuration.patience],
  ];
  const given = options.filter(([, value]) => value !== null);
  return ['pnpm train', ...given.map(([name, value]) => `--${name} ${value}`)].join(' ');
}
