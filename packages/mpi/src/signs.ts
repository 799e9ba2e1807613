// Ranks ask each other for signs of life, beside the exchange: every exchanging thread answers, whatever its
// main thread and its workers do. Messages are small, so MPI sends them without waiting for the receiver.
import type { Mpi, Pending } from './mpi.ts';
import { textUntilZero } from './text-until-zero.ts';

export interface Signs {
  /** Asks all others; earlier answers do not count any more. */
  ask(): void;
  hasAnswered(rank: number): boolean;
  /** How many requests a rank had begun when it answered. */
  begunBy(rank: number): number;
  /** Asks a rank to write a line and to end the job. */
  report(line: string, to: number): void;
  /** Takes what has come and answers; the line that another rank wants written, if any. */
  serve(): string | undefined;
}

/** `begun` tells how many requests this rank has begun. */
export function createSigns(mpi: Mpi, begun: () => number): Signs {
  const message = createMessage();
  const answers = new Map<number, number>();
  let round = 0;
  let sent: readonly Pending[] = [];
  const send = (to: number, kind: Kind, number: number, line = '') => {
    const left = sent.filter((pending) => !mpi.isComplete(pending));
    const { header, text, bytes } = createMessage();
    header.set([kind, mpi.rank, number, begun()]);
    new TextEncoder().encodeInto(line, text);
    sent = left.concat(mpi.send(bytes, to));
  };
  const take = (): string | undefined => {
    const [kind, from, number, begunThere] = message.header;
    if (kind === REPORT) return textUntilZero(message.text);
    if (kind === ASK) send(from, ANSWER, number);
    else if (number === round) answers.set(from, begunThere);
    return undefined;
  };
  return {
    ask() {
      round++;
      answers.clear();
      for (let rank = 0; rank < mpi.ranks; rank++) if (rank !== mpi.rank) send(rank, ASK, round);
    },
    hasAnswered: (rank) => answers.has(rank),
    begunBy: (rank) => answers.get(rank) ?? 0,
    report: (line, to) => send(to, REPORT, 0, line),
    serve() {
      while (mpi.receive(message.bytes)) {
        const line = take();
        if (line !== undefined) return line;
      }
      return undefined;
    },
  };
}

const [ASK, ANSWER, REPORT] = [0, 1, 2] as const;
type Kind = typeof ASK | typeof ANSWER | typeof REPORT;

/** Kind, sender, round and requests begun; the line of a report. */
function createMessage() {
  const memory = new SharedArrayBuffer(1024);
  const header = new Int32Array(memory, 0, 4);
  return { bytes: new Uint8Array(memory), header, text: new Uint8Array(memory, header.byteLength) };
}
