// The figures of `pnpm bench` as its page shows them. The trainer's results have these fields and more.

/** Everything one call of `pnpm bench` measured. */
export interface BenchmarkReport {
  /** When it began, ISO 8601. */
  readonly at: string;
  /** Cores and processor. */
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
  /** Counts the operations of the plain algorithm. */
  readonly gigaflops: number;
  /** Speed of the GEMM micro-kernel in as many threads, in the same process; null where others kept the machine busy. */
  readonly peakGigaflops: number | null;
  /** Speed over that of one worker, over the workers; null where one was not measured. */
  readonly efficiency: number | null;
  readonly waitingShare: number;
  readonly peakMemoryBytes: number;
  /** Since the process started. */
  readonly readySeconds: number;
  readonly firstStepSeconds: number;
  /** Cores that other processes used meanwhile. */
  readonly foreignCores: number;
  /** The Node that trained, as in `process.version`. */
  readonly node: string;
  /** Null where the kernels are wide: where V8 joins their vectors. */
  readonly whyNarrow: string | null;
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
  /** Null where others kept the machine busy. */
  readonly peakGigaflops: number | null;
  readonly node: string;
  readonly whyNarrow: string | null;
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
