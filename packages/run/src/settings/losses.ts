// The losses of layers as a user gives them.
import { lossKinds } from '@convbook/layers/kinds';
import type { LossSpec } from '@convbook/layers';
import { text } from '../checks/fields.ts';
import { formatNamed, resolveNamed, type Given, type OwnSettings } from './named.ts';
import type { SettingType } from './setting-type.ts';

type Loss<Name extends LossSpec['name']> = Extract<LossSpec, { name: Name }>;
type LossSettings<Name extends LossSpec['name']> = OwnSettings<Loss<Name>>;

/** A loss as a user gives it; `huber()` and its siblings make one. */
export type GivenLoss = Given<LossSpec>;

/**
 * −Σ t · log softmax(x), for one class of several. Settings: `labelSmoothing` 0, the share of each target
 * that is spread evenly over the classes (Szegedy et al., 2016).
 */
export function softmaxCrossEntropy(
  settings: LossSettings<'softmax-cross-entropy'> = {},
): Given<Loss<'softmax-cross-entropy'>> {
  return { name: 'softmax-cross-entropy', ...settings };
}

/** Mean over classes of the cross-entropy of sigmoid(x), each class a yes or no of its own. */
export function binaryCrossEntropy(): Given<Loss<'binary-cross-entropy'>> {
  return { name: 'binary-cross-entropy' };
}

/** L1: the mean over classes of |x − t|. */
export function meanAbsolute(): Given<Loss<'mean-absolute'>> {
  return { name: 'mean-absolute' };
}

/** L2: the mean over classes of (x − t)², without the factor ½ of some texts. */
export function meanSquared(): Given<Loss<'mean-squared'>> {
  return { name: 'mean-squared' };
}

/**
 * Mean over classes of (x − t)² / 2 within ±delta, else delta · (|x − t| − delta / 2) (Huber, 1964).
 * Settings: `delta` 1.
 */
export function huber(settings: LossSettings<'huber'> = {}): Given<Loss<'huber'>> {
  return { name: 'huber', ...settings };
}

/** run.json has the name in `loss` and the settings beside it in `lossSettings`: see record.ts. */
export const lossType: SettingType<GivenLoss, LossSpec, string> = {
  kind: 'loss',
  kinds: lossKinds,
  recorded: text,
  resolve: (where, given) => resolveNamed<LossSpec>(where, lossKinds, given),
  format: (value) => formatNamed(value, lossKinds[value.name].defaults),
  toRecorded: ({ name }) => name,
  fromRecorded: (name) => ({ name }),
};
