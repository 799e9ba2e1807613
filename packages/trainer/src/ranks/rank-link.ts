// The processes of one training, as a rank sees them. What moves the bytes implements it (`@convbook/mpi`).
import type { Exchange } from '../engine/exchange/exchange.ts';
import type { ExchangeDesk } from '../engine/exchange/exchange-desk.ts';

/** Connects a rank with the others. */
export interface RankLink {
  readonly rank: number;
  readonly ranks: number;
  /** The names of the hosts, by rank. */
  readonly hosts: readonly string[];
  /** Says what moves the bytes: `Open MPI 4.1.4`. */
  readonly library: string;
  /** For the main thread: calls come between jobs, while no worker makes any. */
  readonly exchange: Exchange;
  /** For a worker thread; its port is to be transferred. */
  openDesk(): ExchangeDesk;
  /** Bytes that this rank has given to others so far. */
  sentBytes(): number;
  /** Where the run stands, for the line that tells of a lost rank. */
  atStep(step: number): void;
  /**
   * Ends all ranks at once, with this exit code: the message is written to stderr as the only line. It never
   * resolves, because the process ends.
   */
  abort(message: string, exitCode: number): Promise<never>;
  /** After the last call, on all ranks. */
  close(): Promise<void>;
}
