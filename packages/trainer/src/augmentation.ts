// How a user names an augmentation: `shift=2,rotation=10`, or `none`.
import { augmentations, type Augmentation } from '@convbook/data';
import { formatSettings, splitSettings, toSettings } from './named-settings.ts';

/**
 * An augmentation from `setting=value,…` or `none`; null where it changes nothing.
 *
 * @throws ConfigurationError when a setting is unknown or its value does not fit.
 */
export function toAugmentation(text: string): Augmentation | null {
  if (text === 'none') return null;
  const settings = toSettings('augment', augmentations, splitSettings(text));
  return Object.values(settings).some((most) => most > 0) ? settings : null;
}

/** The text that gives the augmentation again. */
export function formatAugmentation(augmentation: Augmentation | null): string {
  return augmentation === null ? 'none' : formatSettings(augmentation, augmentations.defaults);
}
