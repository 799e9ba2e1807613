// A request of a rank's threads as calls of MPI. Counts of MPI have 32 bits: larger arrays cross in pieces.
import type { ExchangeRequest } from '@convbook/trainer/ranks';
import { words, type Mpi, type Parts, type Pending } from './mpi.ts';

// Below 2³¹, and no smaller than what a step sends.
const usualPiece = 2 ** 30;
const largestCount = 2 ** 31 - 1;

/** Starts the calls of a request, the same number of them on all ranks; it is complete when they all are. */
export function startCalls(mpi: Mpi, request: ExchangeRequest, pieceBytes = usualPiece): Pending[] {
  switch (request.kind) {
    case 'gather': {
      const { bytes, starts } = request;
      return piecesOf(starts[0], starts[mpi.ranks], pieceBytes).map(([from, to]) =>
        mpi.gather(bytes.subarray(from, to), partsWithin(starts, from, to)),
      );
    }
    case 'scatter': {
      const { from, fromStarts, to, toStarts } = request;
      checkCount(fromStarts[mpi.ranks]);
      checkCount(toStarts[mpi.ranks]);
      return [mpi.scatter(from, toParts(fromStarts), to, toParts(toStarts))];
    }
    case 'spread': {
      const { bytes } = request;
      return piecesOf(0, bytes.byteLength, pieceBytes).map(([from, to]) =>
        mpi.spread(bytes.subarray(from, to)),
      );
    }
  }
}

/** `[from, to]` of each piece between two places; none where there is nothing. */
function piecesOf(first: number, end: number, pieceBytes: number): [number, number][] {
  return Array.from({ length: Math.ceil((end - first) / pieceBytes) }, (_, i) => {
    const from = first + i * pieceBytes;
    return [from, Math.min(end, from + pieceBytes)];
  });
}

/** The parts that begin at `starts`, as far as they lie between two places. */
function partsWithin(starts: readonly number[], from: number, to: number): Parts {
  return toParts(starts.map((start) => Math.min(Math.max(start, from), to) - from));
}

function toParts(starts: readonly number[]): Parts {
  const ranks = starts.length - 1;
  const [counts, displacements] = [words(ranks), words(ranks)];
  for (let r = 0; r < ranks; r++) {
    displacements[r] = starts[r];
    counts[r] = starts[r + 1] - starts[r];
  }
  return { counts, displacements };
}

function checkCount(bytes: number): void {
  if (bytes <= largestCount) return;
  throw new Error(
    `exchange: expected at most ${largestCount} bytes to scatter at once, got ${bytes}; scatter them in parts`,
  );
}
