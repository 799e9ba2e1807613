// The α-β model of a network (Hockney 1994): the time of a message is a latency and a share for each byte. Collective
// calls of P ranks are trees, or messages sent at once, so the latency is paid about log2(P) times.

/** A network by two numbers. */
export interface Network {
  /** α: seconds until an empty message has arrived. */
  readonly latency: number;
  /** β: bytes a second that a rank receives. */
  readonly bandwidth: number;
}

/** A collective call that was timed. */
export interface TimedCrossing {
  /** Bytes that each rank received from others. */
  readonly bytes: number;
  readonly seconds: number;
}

/** A network as timed calls have it. */
export interface FittedNetwork extends Network {
  /** How far the measured times lie from the model's: root of the mean squared share of each. */
  readonly error: number;
}

/** Messages, one after the other, until all ranks have heard of all: ⌈log2(ranks)⌉. */
export function roundsOf(ranks: number): number {
  return 32 - Math.clz32(ranks - 1);
}

/** How long a collective call takes in which each rank receives `bytes`: α · log2(ranks) + bytes / β. */
export function crossingSeconds(
  { latency, bandwidth }: Network,
  bytes: number,
  ranks: number,
): number {
  return ranks === 1 ? 0 : latency * roundsOf(ranks) + bytes / bandwidth;
}

/**
 * The network that explains the times best, by least squares of `seconds = α · log2(ranks) + bytes / β`. Times
 * from microseconds to seconds count alike: each equation is divided by its time.
 */
export function fitNetwork(timed: readonly TimedCrossing[], ranks: number): FittedNetwork {
  const rounds = roundsOf(ranks);
  const rows = timed.map(({ bytes, seconds }) => [rounds / seconds, bytes / seconds] as const);
  const { latency, secondsPerByte } = solve(rows);
  const network = { latency, bandwidth: 1 / secondsPerByte };
  const misses = timed.map(({ bytes, seconds }) => {
    const miss = crossingSeconds(network, bytes, ranks) / seconds - 1;
    return miss * miss;
  });
  const error = Math.sqrt(misses.reduce((sum, miss) => sum + miss, 0) / timed.length);
  return { ...network, error };
}

/** Least squares of `a · latency + b · secondsPerByte = 1`; neither is negative. */
function solve(rows: readonly (readonly [number, number])[]) {
  let [aa, ab, bb, a, b] = [0, 0, 0, 0, 0];
  for (const [x, y] of rows) {
    aa += x * x;
    ab += x * y;
    bb += y * y;
    a += x;
    b += y;
  }
  const latency = Math.max(0, (a * bb - b * ab) / (aa * bb - ab * ab));
  // With the latency given, the best of the other.
  const secondsPerByte = (b - latency * ab) / bb;
  return secondsPerByte > 0 ? { latency, secondsPerByte } : { latency: a / aa, secondsPerByte: 0 };
}
