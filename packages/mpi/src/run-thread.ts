// The life of the exchanging thread: it joins the ranks, exchanges, and leaves.
import type { MessagePort } from 'node:worker_threads';
import { messageOf, nameOfRank } from '@convbook/trainer/ranks';
import { createControl, type ControlMemory } from './control.ts';
import { runExchange } from './exchange-loop.ts';
import { createGuard, endAll } from './guard.ts';
import { createInbox } from './inbox.ts';
import { joinRanks, type Joined } from './join.ts';
import type { Launched } from './launcher.ts';

export interface ThreadTask {
  readonly launched: Launched;
  readonly host: string;
  /** Seconds. */
  readonly hangTimeout: number;
  readonly control: ControlMemory;
  /** Counts the requests of all desks. */
  readonly requests: Int32Array;
  /** Brings desks, takes news. */
  readonly port: MessagePort;
}

/** The one message to the main thread. */
export type News =
  | { readonly kind: 'joined'; readonly hosts: readonly string[]; readonly version: string }
  | { readonly kind: 'refused'; readonly message: string };

export async function runThread(task: ThreadTask): Promise<void> {
  const { launched, host, port } = task;
  const tell = (news: News) => port.postMessage(news);
  const joined = await joinRanks(launched, host).catch((error: unknown) => {
    tell({ kind: 'refused', message: messageOf(error) });
    return null;
  });
  if (joined) {
    tell({ kind: 'joined', hosts: joined.hosts, version: joined.mpi.version });
    exchange(task, joined);
  }
  port.close();
}

// MPI_Finalize waits for the other ranks, which have all called it.
const finalizeSeconds = 60;

function exchange(task: ThreadTask, joined: Joined): void {
  const { control: memory, requests, port, hangTimeout } = task;
  const { mpi, lastResort, hosts } = joined;
  const control = createControl(memory);
  const inbox = createInbox(port, requests);
  try {
    const guard = createGuard({ ...joined, control, hangTimeout, begun: inbox.taken });
    runExchange({ mpi, control, inbox, requests, guard, yieldCore: joined.lastResort.yieldCore });
    lastResort.alarm(finalizeSeconds);
    mpi.close();
    lastResort.alarm(0);
  } catch (error) {
    const where = `${nameOfRank(mpi.rank, hosts[mpi.rank])}, step ${control.step()}`;
    endAll(mpi, lastResort, 1, `${where}: ${messageOf(error)}; go on with --resume`);
  }
}
