// Spans of one worker in one step, in a fixed number of float64. Nothing here throws: a span without
// room is only counted.

/** Work of one worker without a pause, in milliseconds of the machine's clock. */
export interface Span {
  /** Index of the phase's name. */
  readonly phase: number;
  /** -1 where it is not a shard. */
  readonly shard: number;
  readonly from: number;
  readonly to: number;
}

/** Before the spans: how many these are, how many had no room, and when the last of all ended. */
const headNumbers = 3;
const spanNumbers = 4;

/** Float64 numbers that so many spans take. */
export function placeNumbers(spans: number): number {
  return headNumbers + spans * spanNumbers;
}

export function clearSpans(place: Float64Array): void {
  place.fill(0, 0, headNumbers);
}

/** Adds a span to the last, where they are not told apart, or after it. */
export function addSpan(place: Float64Array, { phase, shard, from, to }: Span): void {
  const next = placeNumbers(place[0]);
  const last = next - spanNumbers;
  place[2] = to;
  if (place[0] > 0 && shard < 0 && place[last] === phase && place[last + 1] < 0) {
    place[last + 3] = to;
  } else if (next + spanNumbers <= place.length) {
    place.set([phase, shard, from, to], next);
    place[0]++;
  } else {
    place[1]++;
  }
}

/** The spans, how many more there were, and when the last ended. */
export function readSpans(place: Float64Array): {
  spans: Span[];
  leftOut: number;
  lastEnd: number;
} {
  const [count, leftOut, lastEnd] = place;
  const spans = Array.from({ length: count }, (_, at) => {
    const [phase, shard, from, to] = place.subarray(placeNumbers(at), placeNumbers(at + 1));
    return { phase, shard, from, to };
  });
  return { spans, leftOut, lastEnd };
}
