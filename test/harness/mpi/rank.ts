// A rank of the tests of MPI: node rank.ts SCENARIO. Each prints one line of JSON, or ends badly.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { connectRanks, toLaunched } from '@convbook/mpi';
import {
  createDeskExchange,
  isComplete,
  type Exchange,
  type RankLink,
  type Ticket,
} from '@convbook/trainer/ranks';

const hangTimeout = Number(process.env.HANG_TIMEOUT ?? 30);

const scenarios: Record<string, (link: RankLink) => Promise<void>> = {
  exchange,
  async steps(link) {
    print({ rank: link.rank, pid: process.pid });
    for (let step = 1; ; step++) {
      link.atStep(step);
      await complete(startMeeting(link, link.exchange));
      await sleep(10);
    }
  },
  async late(link) {
    const exchange = createDeskExchange(link.openDesk());
    link.atStep(57);
    await complete(startMeeting(link, exchange));
    if (link.rank !== 1) await complete(startMeeting(link, exchange));
    await waitForever();
  },
  async abort(link) {
    if (link.rank === link.ranks - 1) await link.abort('rank 1 says why', 7);
    await waitForever();
  },
  async throws(link) {
    if (link.rank === link.ranks - 1) throw new Error('thrown by a rank');
    await waitForever();
  },
  async loses(link) {
    if (link.rank === link.ranks - 1) for (const thread of threads) await thread.terminate();
    await waitForever();
  },
  async leaves(link) {
    if (link.rank === link.ranks - 1) process.exit(0);
    await waitForever();
  },
  async idle(link) {
    const before = process.cpuUsage();
    if (link.rank === 0) await sleep(2000);
    const ticket = link.exchange.startSpread(shared([0]));
    while (!isComplete(ticket)) await sleep(100);
    const { user, system } = process.cpuUsage(before);
    print({ rank: link.rank, milliseconds: (user + system) / 1000 });
    await link.close();
  },
};

// (module (memory 1) (func (export "run") (drop (i32.load (i32.const -4)))))
const trapping = Buffer.from(
  '0061736d010000000104016000000302010005030100010707010372756e00000a0a010800417c2802001a0b',
  'hex',
);

/** How a trap ends that the system reports by a signal. */
function trap(): string {
  const run = new WebAssembly.Instance(new WebAssembly.Module(trapping)).exports.run as () => void;
  try {
    run();
    return 'none';
  } catch (error) {
    return (error as Error).constructor.name;
  }
}

async function exchange(link: RankLink) {
  const { rank, ranks, exchange } = link;
  // Rank r has r bytes, the first has none.
  const starts = [0];
  for (let r = 0; r < ranks; r++) starts.push(starts[r] + r);
  const gathered = shared(Array.from({ length: starts[ranks] }, () => 10 + rank));
  const spread = shared([7 + rank, 8, 9]);
  // Rank r gets r + 1 bytes of each.
  const parts = [0];
  for (let r = 0; r < ranks; r++) parts.push(parts[r] + r + 1);
  const from = shared(Array.from({ length: parts[ranks] }, (_, i) => 100 * rank + i));
  const to = shared(Array.from({ length: ranks * (rank + 1) }, () => 255));
  const toStarts = Array.from({ length: ranks + 1 }, (_, r) => r * (rank + 1));
  const megabytes = new Uint8Array(new SharedArrayBuffer(ranks * 1_500_001));
  const big = Array.from({ length: ranks + 1 }, (_, r) => r * 1_500_001);
  megabytes.fill(rank + 1, big[rank], big[rank + 1]);
  // All at once.
  await complete(
    exchange.startGather(gathered, starts),
    exchange.startSpread(spread),
    exchange.startScatter(from, parts, to, toStarts),
    exchange.startGather(megabytes, big),
    exchange.startSpread(shared([])),
  );
  const sums = Array.from({ length: ranks }, (_, r) =>
    megabytes.subarray(big[r], big[r + 1]).reduce((sum, byte) => sum + byte, 0),
  );
  await link.close();
  print({
    rank,
    ranks,
    hosts: link.hosts.length,
    library: link.library,
    gathered: [...gathered],
    spread: [...spread],
    scattered: [...to],
    sums,
    sent: link.sentBytes(),
    trap: trap(),
  });
}

/** A call that ends only when all ranks have joined it. */
function startMeeting({ ranks }: RankLink, exchange: Exchange): Ticket {
  return exchange.startGather(
    new Uint8Array(new SharedArrayBuffer(ranks)),
    Array.from({ length: ranks + 1 }, (_, r) => r),
  );
}

function shared(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(values.length));
  bytes.set(values);
  return bytes;
}

async function complete(...tickets: readonly Ticket[]) {
  while (!tickets.every(isComplete)) await sleep(1);
}

function waitForever(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 1000));
}

function print(value: unknown) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const threads: Worker[] = [];
process.on('worker', (thread) => threads.push(thread));
const launched = toLaunched('mpi');
if (launched) await scenarios[process.argv[2]](await connectRanks({ launched, hangTimeout }));
