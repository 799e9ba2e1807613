// The settings to change in the next training, by the course of the last one.
import { lossKinds } from '@convbook/layers/kinds';
import type { Run } from '@convbook/run';
import type { CommandChange } from './changed-command.ts';
import type { TrainingCourse } from './training-course.ts';

type Stuck = Extract<TrainingCourse, { kind: 'stuck' }>;

/** Steps after which the curves of a small model say something. */
const worthwhile = 600;

/** How far images are varied that nobody has varied yet: a person reads them as before. */
const gentle = { grey: 'shift=2,rotation=10', colour: 'crop=4' };

/** Epochs without a better one before a training ends, and the share of the images that is held out to see it. */
const stopping = { patience: 3, heldOut: 1 / 10 };

/** The change that the course asks for; null where it asks for none, or for another model. */
export function nextChange(course: TrainingCourse, run: Run): CommandChange | null {
  const { limit } = run.record.configuration;
  switch (course.kind) {
    case 'too-short':
      return limit === null ? longer(run, enoughEpochs(run)) : { set: {}, drop: ['limit'] };
    case 'still-falling':
    case 'underfitted':
      return longer(run, moreEpochs(run));
    case 'rate-too-high':
      return rate(typed(run.record.configuration.learningRate / 10));
    case 'stuck':
      return (course.sign === 'moved' ? balanced(run) : null) ?? rate(nextRate(course.sign, run));
    case 'few-tests':
      return balanced(run);
    case 'overfitted':
      return varied(run) ?? balanced(run) ?? (course.best === null ? null : stopped(run));
    case 'settled':
      return varied(run);
    case 'flawless':
      return null;
    default:
      course satisfies never;
      throw new Error('nextChange: expected a known kind; add it');
  }
}

/** Epochs that make a training long enough to judge. */
export function enoughEpochs({ stepsPerEpoch, record }: Run): number {
  const steps = Math.max(1, stepsPerEpoch ?? 1);
  return Math.max(2 * record.configuration.epochs, Math.ceil(worthwhile / steps));
}

/** Twice the epochs. */
export function moreEpochs({ record }: Run): number {
  return 2 * (record.result?.epochs ?? record.configuration.epochs);
}

/** The learning rate to try after a training that was stuck, as one types it. */
export function nextRate(sign: Stuck['sign'], { record }: Run): string {
  return typed(record.configuration.learningRate * (sign === 'still' ? 10 : 0.1));
}

/** Rare classes that weigh as much as frequent ones; null where all are about as frequent, or weigh so already. */
export function balanced({ record: { result, data, configuration } }: Run): CommandChange | null {
  const isUneven = result?.balancedAccuracy !== undefined && data.classWeights === undefined;
  const canWeigh = Object.entries(lossKinds).some(
    ([name, kind]) => name === configuration.loss && kind.takesClassWeights,
  );
  return isUneven && canWeigh ? { set: { 'class-weights': 'balanced' } } : null;
}

/** A number as one types it in a command. */
export function typed(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function longer({ record }: Run, epochs: number): CommandChange {
  // A training that is to end early would not go on longer.
  const drop = endsEarly(record.configuration) ? ['patience'] : [];
  return { set: { epochs: String(epochs) }, drop };
}

/** Whether a training may end before its last epoch; runs of earlier versions do not say. */
function endsEarly({ patience }: Partial<Run['record']['configuration']>): boolean {
  return patience !== null && patience !== undefined;
}

function rate(value: string): CommandChange {
  return { set: { 'learning-rate': value } };
}

function varied({ record }: Run): CommandChange | null {
  const [channels, , width] = record.model.input;
  if (width === undefined || record.configuration.augment) return null;
  return { set: { augment: channels === 3 ? gentle.colour : gentle.grey } };
}

function stopped({ record }: Run): CommandChange | null {
  const { configuration, data } = record;
  if (endsEarly(configuration)) return null;
  const heldOut = configuration.validation || Math.round(stopping.heldOut * data.trainSamples);
  return { set: { validation: String(heldOut), patience: String(stopping.patience) } };
}
