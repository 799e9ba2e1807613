// The lines that tell why ranks end.
import { nameOfRank } from '@convbook/trainer/ranks';
import type { Verdict } from './watch.ts';

export interface Circumstances {
  readonly hosts: readonly string[];
  /** Seconds. */
  readonly hangTimeout: number;
  readonly step: number;
}

const remedy = 'see whether its host and the network are well, then go on with --resume';

export function lineOf(
  { kind, ranks }: Verdict,
  { hosts, hangTimeout, step }: Circumstances,
): string {
  const names = namesOf(ranks, hosts);
  if (kind === 'silent') {
    return `${names}: expected a sign of life within ${hangTimeout} s at step ${step}, got none; ${remedy}`;
  }
  const within = `within ${2 * hangTimeout} s at step ${step}`;
  if (ranks.length > 0) {
    return `${names}: expected its part of an exchange ${within}, got signs of life alone; its workers hang, go on with --resume`;
  }
  return `all ranks: expected an exchange to end ${within}, got no end although all take part; see whether the network is well, then go on with --resume`;
}

const mostNames = 4;

function namesOf(ranks: readonly number[], hosts: readonly string[]): string {
  const named = ranks.slice(0, mostNames).map((rank) => nameOfRank(rank, hosts[rank]));
  const rest = ranks.length - named.length;
  return named.concat(rest > 0 ? `${rest} more` : []).join(', ');
}
