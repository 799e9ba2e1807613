// A rank of the tests of MPI that exchanges in pieces of a few bytes, on its main thread.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExchangeRequest } from '@convbook/trainer/ranks';
import { startCalls } from '../../../packages/mpi/src/calls.ts';
import { joinRanks } from '../../../packages/mpi/src/join.ts';
import { toLaunched } from '../../../packages/mpi/src/launcher.ts';

const launched = toLaunched('mpi');
if (!launched) throw new Error('pieces: expected a launcher, got none');
const { mpi } = await joinRanks(launched, 'here');
const request = { number: 1, ticket: new Int32Array(1) };

async function run(call: ExchangeRequest): Promise<number> {
  const pending = startCalls(mpi, call, 4);
  while (!pending.every((one) => mpi.isComplete(one))) await sleep(1);
  return pending.length;
}

// Ranks have 1, 9 and 0 bytes; they begin at the third.
const starts = [2, 3, 12, 12].slice(0, mpi.ranks + 1);
const gathered = new Uint8Array(new SharedArrayBuffer(13)).fill(mpi.rank + 1);
const spread = new Uint8Array(new SharedArrayBuffer(10)).fill(mpi.rank + 1);
const calls = [
  await run({ ...request, kind: 'gather', bytes: gathered, starts }),
  await run({ ...request, kind: 'spread', bytes: spread }),
];
mpi.close();
const line = { rank: mpi.rank, calls, gathered: [...gathered], spread: [...spread] };
process.stdout.write(`${JSON.stringify(line)}\n`);
