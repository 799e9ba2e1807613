// From the configuration in run.json back to what a user chooses, for resuming.
import type { Augmentation } from '@convbook/data';
import type { LossSpec } from '@convbook/layers';
import type { RunConfiguration } from '@convbook/run';
import { formatAugmentation, toAugmentation } from './augmentation.ts';
import type { TrainingSettings } from './configuration.ts';
import { formatLoss, toLoss } from './loss.ts';
import { formatOptimizer, toOptimizer, type OptimizerSettings } from './optimizer.ts';
import { formatSchedule, toSchedule, type Schedule } from './schedule.ts';

/** The settings that give the recorded configuration again. */
export function settingsOf(recorded: RunConfiguration): TrainingSettings {
  const { optimizer, schedule, loss, lossSettings, augment, ...plain } = recorded;
  const { recipe, limit, clipNorm, patience, evaluationShardSize: _, ...same } = plain;
  const spec = { name: loss, ...lossSettings } as LossSpec;
  return {
    ...same,
    ...given({ recipe, limit, clipNorm, patience }),
    schedule: formatSchedule(schedule as Schedule),
    ...optionsOf(optimizer as unknown as OptimizerSettings),
    loss: formatLoss(spec),
    augment: formatAugmentation((augment ?? null) as Augmentation | null),
  };
}

/** Options as `settingsOf` would write them: two ways to type one thing become equal. */
export function canonical(options: TrainingSettings): TrainingSettings {
  const { schedule, optimizer, loss, augment } = options;
  const typed = optimizer === undefined ? {} : optionsOf(toOptimizer(optimizer));
  const isTyped = (name: string) => optimizer?.includes(`${name}=`) ?? false;
  return {
    ...options,
    ...(schedule === undefined ? {} : { schedule: formatSchedule(toSchedule(schedule)) }),
    ...(loss === undefined ? {} : { loss: formatLoss(toLoss(loss)) }),
    ...(augment === undefined ? {} : { augment: formatAugmentation(toAugmentation(augment)) }),
    ...Object.fromEntries(
      Object.entries(typed).filter(([name]) => name === 'optimizer' || isTyped(name)),
    ),
  };
}

function optionsOf(optimizer: OptimizerSettings): TrainingSettings {
  const { weightDecay } = optimizer;
  return {
    ...{ optimizer: formatOptimizer(optimizer), weightDecay },
    ...('momentum' in optimizer ? { momentum: optimizer.momentum } : {}),
  };
}

// Without what is null or absent.
function given<Values extends Record<string, string | number | null | undefined>>(values: Values) {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}
