// The one parser of the logs: each line is checked by itself, and its place among the others.
import { showValue } from '@convbook/core/checks';
import { complaint, object, text, type Schema } from '../checks/fields.ts';
import { longestLine } from '../checks/limits.ts';
import { refuseRunFile } from '../checks/refuse.ts';
import { parseStrictJson } from '../checks/strict-json.ts';
import { metricsEvents, timingEvents } from './event-schemas.ts';
import type { MetricsEvent, TimingEvent } from './events.ts';

/** Reads a log one line after another. */
export interface EventReader<Event> {
  /**
   * The event of the next line; null where it is of a kind without a check: a newer trainer may write
   * more.
   *
   * @throws RunDirectoryError beginning with the log and the line's number.
   */
  read(line: string): Event | null;
}

/** A reader of the `metrics.ndjson` at `where`: steps, their norms and epochs each ascend. */
export function createMetricsReader(where: string): EventReader<MetricsEvent> {
  const last = { step: 0, layers: 0, epoch: 0 };
  return createEventReader<MetricsEvent>(where, metricsEvents, (event, place) => {
    if (event.event === 'start' || event.event === 'end') return;
    const at = event.event === 'epoch' ? event.epoch : event.step;
    if (at <= last[event.event]) {
      refuseRunFile(place(), `expected ${event.event} to be above ${last[event.event]}, got ${at}`);
    }
    last[event.event] = at;
  });
}

/** A reader of the `timing.ndjson` at `where`, in any order: a resumed run repeats steps. */
export function createTimingReader(where: string): EventReader<TimingEvent> {
  return createEventReader<TimingEvent>(where, timingEvents, () => undefined);
}

const named = object({ event: text });

/** Objects, lists, keys and texts in a line of the longest: a timeline has 7 for each 80 bytes. */
const mostParts = 100_000;

function createEventReader<Event>(
  where: string,
  checks: Readonly<Record<string, Schema>>,
  checkOrder: (event: Event, place: () => string) => void,
): EventReader<Event> {
  let number = 0;
  const place = () => `${where}:${number}`;
  return {
    read(line) {
      number++;
      const event = toEvent<Event>(line, place, checks);
      if (event !== null) checkOrder(event, place);
      return event;
    },
  };
}

function toEvent<Event>(
  line: string,
  place: () => string,
  checks: Readonly<Record<string, Schema>>,
): Event | null {
  if (line.length > longestLine) {
    refuseRunFile(place(), `expected at most ${longestLine} characters, got more`);
  }
  const value = parseStrictJson(line, place(), false, mostParts);
  const wrong = complaint(named, value);
  if (wrong !== null) refuseRunFile(place(), wrong);
  const { event } = value as { event: string };
  if (!Object.hasOwn(checks, event)) return null;
  const complains = complaint(checks[event], value);
  if (complains !== null) refuseRunFile(place(), complains);
  return value as Event;
}

/**
 * The event of a line of the `metrics.ndjson` at `where`, wherever it stands in the log; null where it is
 * of an unknown kind.
 *
 * @throws RunDirectoryError when it is no event.
 */
export function toMetricsEvent(line: string, where: string): MetricsEvent | null {
  return toEvent<MetricsEvent>(line, () => where, metricsEvents);
}

/**
 * Reads the text of a `metrics.ndjson`.
 *
 * @param mayBeCut Whether a last line without its end, as a crash leaves it, is left out.
 * @throws RunDirectoryError beginning with `where` and the line.
 */
export function parseMetrics(source: string, where: string, mayBeCut: boolean): MetricsEvent[] {
  return parseEvents(source, where, createMetricsReader(where), mayBeCut);
}

/** Reads the text of a `timing.ndjson`, as `parseMetrics` does. */
export function parseTiming(source: string, where: string, mayBeCut: boolean): TimingEvent[] {
  return parseEvents(source, where, createTimingReader(where), mayBeCut);
}

function parseEvents<Event>(
  source: string,
  where: string,
  reader: EventReader<Event>,
  mayBeCut: boolean,
): Event[] {
  const lines = source.split('\n');
  const rest = lines.pop() ?? '';
  const events = lines.map((line) => reader.read(line)).filter((event) => event !== null);
  if (rest !== '' && !mayBeCut) refuseCutLine(where, rest);
  return events;
}

/** Refuses a log whose last line, which begins with `rest`, has no end. */
export function refuseCutLine(where: string, rest: string): never {
  const shown = showValue(rest.slice(0, 100));
  return refuseRunFile(where, `expected a line end after the last event, got ${shown}`);
}
