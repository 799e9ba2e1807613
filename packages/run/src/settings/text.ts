// Settings as texts, which commands alone take: `adam:beta1=0.8`, `warm-up:then=step,every=2`,
// `shift=2,rotation=10`.
import { ConfigurationError } from '@convbook/core';
import { augmentationType, type GivenAugmentation } from './augmentation.ts';
import { lossType, type GivenLoss } from './losses.ts';
import type { OptimizerSpec } from './optimizer-settings.ts';
import { optimizerType } from './optimizers.ts';
import { nestSchedule, scheduleType, type ScheduleSpec } from './schedules.ts';
import type { SettingType } from './setting-type.ts';

/**
 * An optimizer from its name, or `name:setting=value,…`.
 *
 * @throws ConfigurationError when there is no such optimizer or setting, or its value does not fit.
 */
export function parseOptimizer(text: string): OptimizerSpec {
  return checked('optimizer', optimizerType, splitNamed('optimizer', text));
}

/** As `parseOptimizer`, a schedule; `warm-up:then=step,every=2` has the settings of both. */
export function parseSchedule(text: string): ScheduleSpec {
  return checked('schedule', scheduleType, nestSchedule(splitNamed('schedule', text)));
}

/** As `parseOptimizer`, a loss. */
export function parseLoss(text: string): GivenLoss {
  return checked('loss', lossType, splitNamed('loss', text));
}

/** An augmentation from `setting=value,…`, or `none`. */
export function parseAugmentation(text: string): GivenAugmentation | null {
  return checked('augment', augmentationType, text === 'none' ? null : splitSettings(text));
}

function checked<Given, Value, Recorded>(
  where: string,
  type: SettingType<Given, Value, Recorded>,
  given: unknown,
): Given {
  // A value that can be resolved is one that a user may give.
  type.resolve(where, given as Given);
  return given as Given;
}

/** `{ name, setting: value, … }` of `name:setting=value,…`. */
function splitNamed(where: string, text: string): { name: string } {
  const [name, ...rest] = text.split(':');
  if (rest.length === 0) return { name };
  const settings = splitSettings(rest.join(':'));
  if (!Object.hasOwn(settings, 'name')) return { ...settings, name };
  throw new ConfigurationError(
    `${where} ${name}: expected its settings, got "name"; write the name before the colon`,
  );
}

/** `{ setting: value, … }`; a value that is no number is NaN, but for the name of another schedule. */
function splitSettings(text: string): Record<string, string | number> {
  const pairs = text.split(',').map((pair) => {
    const [setting, ...value] = pair.split('=');
    return [setting, setting === 'then' ? value.join('=') : toNumber(value.join('='))] as const;
  });
  return Object.fromEntries(pairs);
}

function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
