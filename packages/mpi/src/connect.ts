// The main thread's side of a rank: it starts the exchanging thread and gives desks to others.
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { ConfigurationError } from '@convbook/core';
import {
  createDeskExchange,
  nameOfRank,
  type ExchangeDesk,
  type RankLink,
} from '@convbook/trainer/ranks';
import { createControl, createControlMemory } from './control.ts';
import { writeLine } from './guard.ts';
import type { NewDesk } from './inbox.ts';
import { createLastResort, loadKoffi, type LastResort } from './koffi.ts';
import type { Launched } from './launcher.ts';
import { prepareEnvironment } from './library.ts';
import { words } from './mpi.ts';
import { createRankEnd } from './rank-end.ts';
import type { News } from './run-thread.ts';
import { startThread } from './start-thread.ts';

/** Which rank to connect, and how long to wait for others. */
export interface ConnectOptions {
  /** Which of the ranks this process is. */
  readonly launched: Launched;
  /** Seconds after which a rank that gives no sign of life is lost. */
  readonly hangTimeout: number;
}

/**
 * Joins the other ranks by MPI. The caller closes the link, or aborts: until then the process stays for the others.
 *
 * @throws ConfigurationError where koffi or the MPI library are missing, or another launcher's.
 */
export async function connectRanks({ launched, hangTimeout }: ConnectOptions): Promise<RankLink> {
  const { rank, ranks } = launched;
  prepareEnvironment();
  const lastResort = createLastResort(await loadKoffi().catch((e: unknown) => inTurn(rank, e)));
  const memory = createControlMemory();
  const control = createControl(memory);
  const requests = words(1);
  const { port1: port, port2 } = new MessageChannel();
  const host = hostname();
  const name = nameOfRank(rank, host);
  const task = { launched, host, hangTimeout, control: memory, requests, port: port2 };
  const thread = startThread(task, port);
  const joined = await within(hangTimeout, launched, name, lastResort, thread.news);
  if (joined.kind === 'refused') return inTurn(rank, new ConfigurationError(joined.message));
  const end = createRankEnd({ control, requests, lastResort, name });
  void thread.ended.then(() => {
    if (!control.isLeaving()) end.lose();
  });
  const openDesk = (isPatient: boolean) => openDeskAt(port, { rank, ranks, requests }, isPatient);
  return {
    rank,
    ranks,
    hosts: joined.hosts,
    library: joined.version,
    exchange: createDeskExchange(openDesk(true)),
    openDesk: () => openDesk(false),
    sentBytes: control.sentBytes,
    atStep: control.setStep,
    abort: end.abort,
    async close() {
      control.wantLeave();
      Atomics.notify(requests, 0);
      await thread.ended;
      end.release();
    },
  };
}

function openDeskAt(
  port: MessagePort,
  desk: Pick<ExchangeDesk, 'rank' | 'ranks' | 'requests'>,
  isPatient: boolean,
): ExchangeDesk {
  const { port1, port2 } = new MessageChannel();
  port.postMessage({ port: port1, isPatient } satisfies NewDesk, [port1]);
  return { ...desk, port: port2 };
}

// Rank 0 speaks first, so that what is wrong on all ranks is said once: its end makes the launcher end the others.
const turnMilliseconds = 1500;

async function inTurn(rank: number, error: unknown): Promise<never> {
  if (rank > 0) await sleep(turnMilliseconds);
  throw error;
}

// Processes on many hosts do not start at the same moment.
const leastJoining = 120;
// Longer than a rank that cannot join takes to say why itself: it lets rank 0 speak first.
const secondsUntilSaid = 20;

/** The library waits for all ranks inside a call, which nothing but the end of the process ends. */
async function within(
  hangTimeout: number,
  { rank, ranks }: Launched,
  name: string,
  lastResort: LastResort,
  news: Promise<News>,
): Promise<News> {
  const seconds = Math.max(hangTimeout, leastJoining);
  const giveUp = () => {
    writeLine(
      `${name}: expected all ${ranks} ranks to start within ${seconds} s, got fewer; ` +
        'see whether every host can run this program, and start again',
    );
    lastResort.exit(1);
  };
  const say = () => {
    if (rank === 0) writeLine(`${name}: waiting for the other ranks to start, up to ${seconds} s`);
  };
  const timers = [
    setTimeout(say, 1000 * secondsUntilSaid),
    setTimeout(giveUp, 1000 * seconds + (rank > 0 ? turnMilliseconds : 0)),
  ];
  return news.finally(() => {
    for (const timer of timers) clearTimeout(timer);
  });
}
