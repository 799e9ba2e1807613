// Every schedule of the learning rate as data. The rate at a step is worked out in the trainer.
import { aboveZero, atMost, belowOne, wholeAboveZero, type Expected } from '@convbook/core/checks';
import {
  checkName,
  checkNumbers,
  formatNamed,
  resolveNamed,
  splitGiven,
  type Given,
  type NamedKind,
  type OwnSettings,
} from './named.ts';
import { recordedNamed, type RecordedNamed } from './recorded-fields.ts';
import { mostCounted, type SettingType } from './setting-type.ts';

/** The largest rate, always. */
export interface ConstantRate {
  readonly name: 'constant';
}

export interface StepSchedule {
  readonly name: 'step';
  /** Epochs after which the rate falls, again and again; default 3. */
  readonly every: number;
  /** Factor of the rate; default 0.1. */
  readonly factor: number;
}

export interface CosineSchedule {
  readonly name: 'cosine';
}

export interface OneCycleSchedule {
  readonly name: 'one-cycle';
  /** Fraction of the steps that go up; default 0.3. */
  readonly warmUp: number;
  /** The rate begins at `rate / divisor`; default 25. */
  readonly divisor: number;
  /** The rate ends at `rate / divisor / finalDivisor`; default 10,000. */
  readonly finalDivisor: number;
}

/** A rate that falls where the validation loss stands still. */
export interface PlateauSchedule {
  readonly name: 'plateau';
  /** Factor of the rate; default 0.5. */
  readonly factor: number;
  /** Epochs without a lower validation loss before that; default 2. */
  readonly wait: number;
}

/** A schedule that may follow a warm-up. */
export type PlainSchedule =
  ConstantRate | StepSchedule | CosineSchedule | OneCycleSchedule | PlateauSchedule;

/** A rate that climbs in a straight line before another schedule begins. */
export interface WarmUpSchedule {
  readonly name: 'warm-up';
  /** How long the rate goes up; may be a fraction. Default 1. */
  readonly epochs: number;
  /** The schedule that follows; default `constantRate()`. */
  readonly then: PlainSchedule;
}

/** A schedule with all its settings. */
export type Schedule = PlainSchedule | WarmUpSchedule;

/** Settings of a warm-up as a user gives them. */
export interface WarmUpSettings {
  readonly epochs?: number | undefined;
  readonly then?: Given<PlainSchedule> | undefined;
}

/** A schedule as a user gives it; `oneCycle()` and its siblings make one. */
export type ScheduleSpec = Given<PlainSchedule> | ({ readonly name: 'warm-up' } & WarmUpSettings);

const epochCount = atMost(mostCounted, wholeAboveZero);

/** The schedules that may follow a warm-up, with their defaults. */
const plain: {
  readonly [Name in PlainSchedule['name']]: NamedKind<Extract<PlainSchedule, { name: Name }>>;
} = {
  'one-cycle': schedule(
    { name: 'one-cycle', warmUp: 0.3, divisor: 25, finalDivisor: 10_000 },
    { warmUp: belowOne, divisor: aboveZero, finalDivisor: aboveZero },
  ),
  cosine: schedule({ name: 'cosine' }, {}),
  constant: schedule({ name: 'constant' }, {}),
  step: schedule({ name: 'step', every: 3, factor: 0.1 }, { every: epochCount, factor: aboveZero }),
  plateau: schedule(
    { name: 'plateau', factor: 0.5, wait: 2 },
    { factor: belowOne, wait: epochCount },
  ),
};

const warmUpKind: NamedKind<WarmUpSchedule> = {
  defaults: { name: 'warm-up', epochs: 1, then: { name: 'constant' } },
  expected: { epochs: atMost(mostCounted, aboveZero) },
};

/** Every schedule there is. */
export const schedules: Readonly<Record<Schedule['name'], NamedKind<Schedule>>> = {
  'one-cycle': plain['one-cycle'],
  cosine: plain.cosine,
  constant: plain.constant,
  step: plain.step,
  'warm-up': warmUpKind,
  plateau: plain.plateau,
};

function schedule<Settings extends PlainSchedule>(
  defaults: Settings,
  expected: Readonly<Record<Exclude<keyof Settings, 'name'>, Expected>>,
): NamedKind<Settings> {
  return { defaults, expected };
}

/** The largest rate in every step. */
export function constantRate(): Given<ConstantRate> {
  return { name: 'constant' };
}

/** The rate times `factor` after every `every` epochs. Settings: `every` 3, `factor` 0.1. */
export function step(settings: OwnSettings<StepSchedule> = {}): Given<StepSchedule> {
  return { name: 'step', ...settings };
}

/** Half a cosine from the rate down to 0 (Loshchilov and Hutter, 2017, without restarts). */
export function cosine(): Given<CosineSchedule> {
  return { name: 'cosine' };
}

/**
 * One cycle (Smith and Topin, 2018), as PyTorch's OneCycleLR: half a cosine up from `rate / divisor`,
 * then one down to `rate / divisor / finalDivisor`. Settings: `warmUp` 0.3 (the fraction of the steps
 * that go up), `divisor` 25, `finalDivisor` 10,000.
 */
export function oneCycle(settings: OwnSettings<OneCycleSchedule> = {}): Given<OneCycleSchedule> {
  return { name: 'one-cycle', ...settings };
}

/**
 * The rate times `factor` whenever the validation loss has not fallen for `wait` epochs; needs held-out
 * samples. Settings: `factor` 0.5, `wait` 2.
 */
export function plateau(settings: OwnSettings<PlateauSchedule> = {}): Given<PlateauSchedule> {
  return { name: 'plateau', ...settings };
}

/**
 * A straight line up to the rate (Goyal et al., 2017), followed by another schedule. Settings: `epochs`
 * 1, which may be a fraction, and `then`, the schedule that follows, `constantRate()`.
 */
export function warmUp(settings: WarmUpSettings = {}): ScheduleSpec {
  return { name: 'warm-up', ...settings };
}

/**
 * Fills in a schedule's settings.
 *
 * @throws ConfigurationError when there is no such schedule or setting, or a value does not fit.
 */
export function resolveSchedule(where: string, given: unknown): Schedule {
  const { name, settings } = splitGiven(where, schedules, given);
  if (name !== 'warm-up') return resolveNamed<PlainSchedule>(where, plain, given);
  const { then = warmUpKind.defaults.then, ...own } = settings;
  const after = splitGiven(`${where} ${name}.then`, plain, then);
  // Messages speak of the settings of both as run.json and commands have them: side by side.
  const numbers = checkNumbers(
    `${where} ${name}`,
    { ...after.settings, ...own },
    { ...plain[after.name].expected, ...warmUpKind.expected },
  );
  const { epochs = warmUpKind.defaults.epochs } = numbers;
  return { name, epochs, then: resolveNamed<PlainSchedule>(where, plain, then) };
}

/** As run.json has it: a warm-up beside the settings of what follows, which `then` names. */
export function flattenSchedule(schedule: Schedule): RecordedNamed {
  if (schedule.name !== 'warm-up') return { ...schedule };
  const { name, epochs, then } = schedule;
  return { ...then, name, epochs, then: then.name };
}

/** Turns what `flattenSchedule` made back into what a user gives; names and values may still be anything. */
export function nestSchedule(recorded: object): unknown {
  if (!('name' in recorded) || recorded.name !== 'warm-up') return recorded;
  const { name, epochs, then, ...settings }: Readonly<Record<string, unknown>> = { ...recorded };
  const after = checkName('schedule warm-up.then', then ?? 'constant', plain);
  return { name, epochs, then: { ...settings, name: after } };
}

/** The text that a command takes for a schedule; a warm-up has the settings of both. */
export function formatSchedule(schedule: Schedule): string {
  if (schedule.name !== 'warm-up') return formatNamed(schedule, schedules[schedule.name].defaults);
  const { defaults } = plain[schedule.then.name];
  const usual = flattenSchedule({ ...warmUpKind.defaults, then: defaults });
  // The schedule that follows is named unless it is the rate itself.
  const { then: _, ...named } = usual;
  return formatNamed(flattenSchedule(schedule), schedule.then.name === 'constant' ? usual : named);
}

export const scheduleType: SettingType<ScheduleSpec, Schedule, RecordedNamed> = {
  kind: 'schedule',
  kinds: schedules,
  recorded: recordedNamed,
  resolve: resolveSchedule,
  format: formatSchedule,
  toRecorded: flattenSchedule,
  fromRecorded: nestSchedule,
};
