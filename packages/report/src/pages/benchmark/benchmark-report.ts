// The figures of `pnpm bench` as its page shows them. The trainer's results have these fields and more.

/** Everything one call of `pnpm bench` measured. */
export interface BenchmarkReport {
  /** When it began, ISO 8601. */
  readonly at: string;
  /** Cores, processor and Node version. */
  readonly host: string;
  readonly command: string;
  /** Mean number of running processes in the minute before. */
  readonly loadBefore: number;
  readonly steps: readonly MeasuredSteps[];
  readonly peers: readonly MeasuredPeer[];
  readonly profiles: readonly MeasuredProfile[];
}

/** One model with one number of workers: the repetition in the middle, and the spread of all. */
export interface MeasuredSteps {
  readonly model: string;
  readonly workers: number;
  readonly batchSize: number;
  readonly repetitions: number;
  /** Milliseconds a step. */
  readonly spread: Spread;
  readonly gigaflops: number;
  /** Speed of the GEMM micro-kernel in as many threads, in the same process. */
  readonly peakGigaflops: number;
  /** Speed over that of one worker, over the workers; null where one was not measured. */
  readonly efficiency: number | null;
  readonly waitingShare: number;
  readonly peakMemoryBytes: number;
  /** Since the process started. */
  readonly readySeconds: number;
  readonly firstStepSeconds: number;
  /** Cores that other processes used meanwhile. */
  readonly foreignCores: number;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The best variant of another system on one model, in as many threads as we had workers at most. */
export interface MeasuredPeer {
  readonly model: string;
  readonly peer: string;
  readonly variant: string;
  readonly threads: number;
  readonly millisecondsPerStep: number;
  readonly imagesPerSecond: number;
  readonly peakMemoryBytes: number;
  /** Our images a second over its. */
  readonly ratio: number;
}

/** The parts of a step's time, in milliseconds a step, summed over the workers. */
export interface MeasuredProfile {
  readonly model: string;
  readonly workers: number;
  readonly meanMilliseconds: number;
  readonly peakGigaflops: number;
  readonly directions: readonly {
    readonly layer: string;
    readonly direction: string;
    readonly milliseconds: number;
    /** Floating-point operations a step, 0 where none are counted. */
    readonly flops: number;
  }[];
  /** Times of each worker, phase by phase. */
  readonly phases: readonly (readonly {
    readonly phase: string;
    readonly running: number;
    readonly ending: number;
    readonly waiting: number;
  }[])[];
}
