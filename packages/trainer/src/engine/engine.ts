import type { Halt } from './control/position.ts';
import type { EvaluatedName } from './evaluated-sets.ts';

/** A source of gradients: one that uses piscina workers, and one on the calling thread. */
export interface Engine {
  /**
   * Trains batches `from` to `to` (exclusive) of the epoch whose order is set. Resolves when they
   * are done or the job halted; the batch after the last finished one, and why it halted or null.
   *
   * @throws Error from a worker, with the phase, item and batch it came from.
   */
  train(from: number, to: number): Promise<{ batch: number; halt: Halt | null }>;
  /** Evaluates a set with the current parameters. */
  evaluate(set: EvaluatedName): Promise<void>;
  /** Ends the running job after its step. */
  pause(): void;
  /** Ends the workers and waits until they are gone. */
  close(): Promise<void>;
}
