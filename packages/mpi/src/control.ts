// The words that the main thread of a rank and its exchanging thread share.
import { words } from './mpi.ts';

export interface Control {
  /** Makes the exchanging thread end all ranks with this exit code, never 0. */
  wantEnd(exitCode: number): void;
  /** 0 while nobody wants the end. */
  wantedEnd(): number;
  /** Makes the exchanging thread leave after the last call. */
  wantLeave(): void;
  isLeaving(): boolean;
  setStep(step: number): void;
  step(): number;
  /** Counts bytes given to others. */
  addSent(bytes: number): void;
  sentBytes(): number;
}

/** Goes to the exchanging thread by structured clone. */
export interface ControlMemory {
  readonly words: Int32Array;
  readonly sent: BigInt64Array;
}

const END = 0;
const LEAVE = 1;
const STEP = 2;

export function createControlMemory(): ControlMemory {
  return { words: words(3), sent: new BigInt64Array(new SharedArrayBuffer(8)) };
}

export function createControl({ words: memory, sent }: ControlMemory): Control {
  // Atomic: the exchanging thread never returns to its event loop, and sees these words alone.
  return {
    wantEnd: (exitCode) => void Atomics.store(memory, END, exitCode),
    wantedEnd: () => Atomics.load(memory, END),
    wantLeave: () => void Atomics.store(memory, LEAVE, 1),
    isLeaving: () => Atomics.load(memory, LEAVE) === 1,
    setStep: (step) => void Atomics.store(memory, STEP, step),
    step: () => Atomics.load(memory, STEP),
    addSent: (bytes) => void Atomics.add(sent, 0, BigInt(bytes)),
    sentBytes: () => Number(Atomics.load(sent, 0)),
  };
}
