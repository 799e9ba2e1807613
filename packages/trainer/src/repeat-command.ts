import type { Configuration } from './configuration.ts';

/** The command that trains the same model again: everything that decides its bytes. */
export function repeatCommand(model: string, data: string, configuration: Configuration): string {
  const { optimizer, schedule, limit, validation } = configuration;
  const options: [string, string | number | null][] = [
    ['model', model],
    ['data', data],
    ['epochs', configuration.epochs],
    ['batch-size', configuration.batchSize],
    ['shard-size', configuration.shardSize],
    ['optimizer', optimizer.name],
    ['learning-rate', configuration.learningRate],
    ['weight-decay', optimizer.weightDecay],
    ['schedule', schedule.name],
    ['seed', configuration.seed],
    ['limit', limit],
    ['validation', validation === 0 ? null : validation],
  ];
  const given = options.filter(([, value]) => value !== null);
  return ['pnpm train', ...given.map(([name, value]) => `--${name} ${value}`)].join(' ');
}
