// The functions of MPI that are used, as calls of one thread. Each throws where MPI answers with an error.
// Bytes, counts and requests of a call that does not block stay where they are until it is complete
// (MPI 4.1, 3.7 and 6.12): typed arrays over shared memory, which the garbage collector does not move.
import type { Handle } from './handles.ts';
import type { Library } from './library.ts';

/** A call that was started; complete once `test` says so. It keeps what MPI reads and writes meanwhile. */
export interface Pending {
  readonly request: Uint8Array;
  readonly keeps: readonly ArrayBufferView[];
}

/** The parts of an array by rank: `counts[r]` bytes from `displacements[r]` on. */
export interface Parts {
  readonly counts: Int32Array;
  readonly displacements: Int32Array;
}

export interface Mpi {
  /** As `Open MPI 4.1.4`. */
  readonly version: string;
  readonly rank: number;
  readonly ranks: number;
  /** MPI_Iallgatherv in place. */
  gather(bytes: Uint8Array, parts: Parts): Pending;
  /** MPI_Ialltoallv. */
  scatter(from: Uint8Array, fromParts: Parts, to: Uint8Array, toParts: Parts): Pending;
  /** MPI_Ibcast from rank 0. */
  spread(bytes: Uint8Array): Pending;
  /** MPI_Ibarrier. */
  meet(): Pending;
  /** MPI_Isend beside the collective calls. */
  send(message: Uint8Array, to: number): Pending;
  /** MPI_Iprobe and MPI_Recv: fills `message` if one has come. */
  receive(message: Uint8Array): boolean;
  isComplete(pending: Pending): boolean;
  abort(exitCode: number): void;
  /** MPI_Finalize. */
  close(): void;
}

/** Initialises MPI for the calling thread alone. */
export function openMpi(library: Library): Mpi {
  const { handles } = library;
  const { world, byte, inPlace, ignoreStatus, anySource } = handles;
  const call = bindAll(library);
  call.initThread(null, null, handles.funneled, words(1));
  const aside = duplicate(call, world, handles.type === 'int');
  for (const communicator of [world, aside]) call.setErrhandler(communicator, handles.errorsReturn);
  const flag = words(1);
  const start = (keeps: readonly ArrayBufferView[], begin: (request: Uint8Array) => void) => {
    // MPI_Request has 4 or 8 bytes.
    const request = new Uint8Array(new SharedArrayBuffer(8));
    begin(request);
    return { request, keeps };
  };
  return {
    version: library.version,
    rank: askNumber((word) => call.rank(world, word)),
    ranks: askNumber((word) => call.size(world, word)),
    gather: (bytes, { counts, displacements }) =>
      start([bytes, counts, displacements], (request) =>
        call.gather(inPlace, 0, byte, bytes, counts, displacements, byte, world, request),
      ),
    scatter: (from, gives, to, takes) =>
      start(
        [from, to, gives.counts, gives.displacements, takes.counts, takes.displacements],
        (request) =>
          call.scatter(
            from,
            gives.counts,
            gives.displacements,
            byte,
            to,
            takes.counts,
            takes.displacements,
            byte,
            world,
            request,
          ),
      ),
    spread: (bytes) =>
      start([bytes], (request) => call.spread(bytes, bytes.byteLength, byte, 0, world, request)),
    meet: () => start([], (request) => call.meet(world, request)),
    send: (message, to) =>
      start([message], (request) =>
        call.send(message, message.byteLength, byte, to, 0, aside, request),
      ),
    receive(message) {
      call.probe(anySource, 0, aside, flag, ignoreStatus);
      if (flag[0] === 0) return false;
      call.receive(message, message.byteLength, byte, anySource, 0, aside, ignoreStatus);
      return true;
    },
    isComplete({ request }) {
      call.test(request, flag, ignoreStatus);
      return flag[0] !== 0;
    },
    abort: (exitCode) => call.abort(world, exitCode),
    close: () => call.finalize(),
  };
}

/** Words that C reads or writes. */
export function words(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
}

type Call = (...values: readonly unknown[]) => void;

function bindAll(library: Library) {
  const handle = library.handles.type;
  const pointer = 'void *';
  const message = `${pointer}, int, ${handle}, int, int, ${handle}, ${pointer}`;
  const parts = `${pointer}, ${pointer}, ${pointer}, ${handle}`;
  const errorString = library.bind('int MPI_Error_string(int, void *, void *)');
  const bind = (declaration: string): Call => {
    const run = library.bind(`int ${declaration}`);
    return (...values) => {
      // eslint-disable-next-line convbook/no-long-spread -- As many as the function has parameters.
      const code = run(...values);
      if (code === 0) return;
      throw new Error(`${declaration.split('(', 1)[0]}: ${textOf(code, errorString)}`);
    };
  };
  return {
    initThread: bind(`MPI_Init_thread(${pointer}, ${pointer}, int, ${pointer})`),
    setErrhandler: bind(`MPI_Comm_set_errhandler(${handle}, ${handle})`),
    duplicate: bind(`MPI_Comm_dup(${handle}, ${pointer})`),
    rank: bind(`MPI_Comm_rank(${handle}, ${pointer})`),
    size: bind(`MPI_Comm_size(${handle}, ${pointer})`),
    gather: bind(`MPI_Iallgatherv(${pointer}, int, ${handle}, ${parts}, ${handle}, ${pointer})`),
    scatter: bind(`MPI_Ialltoallv(${parts}, ${parts}, ${handle}, ${pointer})`),
    spread: bind(`MPI_Ibcast(${pointer}, int, ${handle}, int, ${handle}, ${pointer})`),
    meet: bind(`MPI_Ibarrier(${handle}, ${pointer})`),
    send: bind(`MPI_Isend(${message})`),
    probe: bind(`MPI_Iprobe(int, int, ${handle}, ${pointer}, ${pointer})`),
    receive: bind(`MPI_Recv(${message})`),
    test: bind(`MPI_Test(${pointer}, ${pointer}, ${pointer})`),
    abort: bind(`MPI_Abort(${handle}, int)`),
    finalize: bind('MPI_Finalize()'),
  };
}

function textOf(code: number, errorString: (...values: readonly unknown[]) => number): string {
  const text = Buffer.alloc(512);
  const length = words(1);
  errorString(code, text, length);
  return text.toString('utf8', 0, length[0]).replaceAll('\n', ' ').trim();
}

/** A communicator of its own: its messages are never taken for those of others (MPI 4.1, 7.4). */
function duplicate(call: ReturnType<typeof bindAll>, world: Handle, isNumber: boolean): Handle {
  const memory = new SharedArrayBuffer(8);
  call.duplicate(world, new Uint8Array(memory));
  return isNumber ? new Int32Array(memory)[0] : new BigInt64Array(memory)[0];
}

function askNumber(ask: (word: Int32Array) => void): number {
  const word = words(1);
  ask(word);
  return word[0];
}
