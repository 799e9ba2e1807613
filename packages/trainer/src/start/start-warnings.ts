import type { Dataset } from '@convbook/data';
import { sayMisfits, type ResolvedModel } from '@convbook/layers';
import type { Configuration } from '@convbook/run';
import type { Start } from './read-start.ts';
import { scalingOf } from './start-source.ts';

/** What a user should know of a run's start and of its frozen layers, a sentence each. */
export function startWarnings(
  start: Start | null,
  configuration: Configuration,
  model: ResolvedModel,
  data: Dataset,
): string[] {
  if (start === null) return frozenWarnings(configuration.freeze ?? []);
  return [
    ...fileWarnings(start),
    ...classWarnings(start, model, data),
    ...scalingWarnings(start, configuration, data),
    ...frozenWarnings(drawnAndFrozen(start, configuration)),
  ];
}

/** A file need not have been made for this model: every tensor that does not fit is named. */
function fileWarnings({ source, misfits }: Start): string[] {
  if (source.kind === 'run' || misfits.length === 0) return [];
  return [`${source.path}: only a part fits the model: ${sayMisfits(misfits)}`];
}

/** Frozen layers of which a parameter is drawn. */
function drawnAndFrozen({ left }: Start, { freeze }: Configuration): string[] {
  return (freeze ?? []).filter((layer) => left.some(({ name }) => name.startsWith(`${layer}.`)));
}

function frozenWarnings(layers: readonly string[]): string[] {
  if (layers.length === 0) return [];
  const have = layers.length === 1 ? 'keeps its' : 'keep their';
  return [`${layers.join(', ')}: frozen, and ${have} random initial weights`];
}

/** The outputs of a last layer that was taken stand for the classes of the source. */
function classWarnings(
  { source, taken }: Start,
  { parameters }: ResolvedModel,
  { classNames }: Dataset,
): string[] {
  const names = source.record?.data.classNames;
  const last = parameters.at(-1);
  if (names === undefined || last === undefined || !taken.includes(last)) return [];
  const at = classNames.findIndex((name, index) => name !== names[index]);
  if (at < 0) return [];
  const layer = last.name.slice(0, last.name.lastIndexOf('.'));
  return [
    `${layer} was taken, but its outputs stand for other classes: output ${at} was ` +
      `${JSON.stringify(names[at])} and is ${JSON.stringify(classNames[at])} here`,
  ];
}

function scalingWarnings(
  { source }: Start,
  { standardize }: Configuration,
  { sampleShape: [channels] }: Dataset,
): string[] {
  if (source.record === null) return [];
  const isStandardized = source.record.data.standardization !== undefined;
  const isAlike = isStandardized === standardize && (!standardize || scalingOf(source, channels));
  if (isAlike) return [];
  const [there, here] = [isStandardized, standardize].map((is) =>
    is ? 'standardized' : 'divided by 255',
  );
  return [`pixel values were ${there} for the taken parameters and are ${here} now`];
}
