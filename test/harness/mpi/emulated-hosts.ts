// Hosts of a test's own: network namespaces with a bridge between them. Open MPI starts its ranks in them as
// it does on machines, by a command in place of ssh; the memory of one machine is not shared between them.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LauncherCommand } from './launchers.ts';

/** Starts ranks on hosts from 1 on, a rank each; `mpirun` runs on host 1. */
export interface EmulatedHosts extends LauncherCommand {
  /** Takes a host's cable out, or puts it back. */
  setLink(host: number, state: 'up' | 'down'): void;
  /** Ends what still runs on the hosts: what was cut off does not hear of the end. */
  endAll(): void;
  /** Ends what runs on the hosts, and removes them. */
  remove(): void;
}

const subnet = '10.77.0';

function ip(...words: string[]): string {
  return execFileSync('ip', words, { stdio: 'pipe', encoding: 'utf8' });
}

/** Whether a host answers another, which it does by refusing: nothing listens there. */
function isReached(from: string, host: number): boolean {
  const connect = ['bash', '-c', `</dev/tcp/${subnet}.${host}/9`];
  const words = ['netns', 'exec', from, 'timeout', '1', ...connect];
  return spawnSync('ip', words, { encoding: 'utf8' }).stderr.includes('refused');
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Why there can be none; null where this process may make them. */
export function whyNoHosts(): string | null {
  const name = `convbook-try-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return null;
  } catch {
    return 'network namespaces are not permitted';
  }
}

export function createHosts(count: number): EmulatedHosts {
  const prefix = `convbook-${process.pid}-`;
  const namespaceOf = (host: number) => `${prefix}${host}`;
  const hosts = Array.from({ length: count }, (_, i) => i + 1);
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-hosts-'));
  const agent = path.join(folder, 'agent.sh');
  const inside = (host: string) =>
    `exec ip netns exec ${prefix}${host} unshare -u sh -c "hostname host${host}; `;
  writeFileSync(agent, `#!/bin/sh\naddress=$1; shift; n=\${address##*.}\n${inside('$n')}$*"\n`);
  chmodSync(agent, 0o755);
  const each = (action: (namespace: string) => void) => {
    for (const host of [...hosts, 0]) {
      try {
        action(namespaceOf(host));
      } catch {
        // It was not made.
      }
    }
  };
  const pidsOn = (namespace: string) =>
    ip('netns', 'pids', namespace).split('\n').filter(Boolean).map(Number);
  // Whatever is killed is waited for: what still ends may hold a port or a file.
  const endAll = () =>
    each((namespace) => {
      for (let left = pidsOn(namespace); left.length > 0; left = pidsOn(namespace)) {
        for (const pid of left) killIfThere(pid);
        execFileSync('sleep', ['0.05']);
      }
    });
  const remove = () => {
    endAll();
    each((namespace) => ip('netns', 'del', namespace));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    ip('netns', 'add', namespaceOf(0));
    ip('-n', namespaceOf(0), 'link', 'add', 'name', 'bridge0', 'type', 'bridge');
    ip('-n', namespaceOf(0), 'link', 'set', 'bridge0', 'up');
    for (const host of hosts) addHost(namespaceOf(host), namespaceOf(0), host);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    name: 'Open MPI on emulated hosts',
    words(ranks) {
      const places = hosts.slice(0, ranks).map((host) => `${subnet}.${host}:1`);
      const own = ['ip', 'netns', 'exec', namespaceOf(1), 'unshare', '-u', 'sh', '-c'];
      const script = ['hostname host1; exec mpirun.openmpi "$@"', 'mpirun'];
      const start = ['--bind-to', 'none', ...parameter('plm_rsh_agent', agent)];
      const network = [...parameter('btl', 'tcp,self'), '-H', places.join(), '-np', String(ranks)];
      return [...own, ...script, ...start, ...network];
    },
    setLink(host, state) {
      ip('-n', namespaceOf(0), 'link', 'set', `port${host}`, state);
      // Hosts that did not find each other meanwhile do so again only after some seconds.
      while (state === 'up' && !isReached(namespaceOf(host), 1)) execFileSync('sleep', ['0.1']);
    },
    endAll,
    remove,
  };
}

/** A parameter of Open MPI. */
function parameter(name: string, value: string): string[] {
  return ['--mca', name, value];
}

function addHost(own: string, switches: string, host: number): void {
  ip('netns', 'add', own);
  const cable = ['type', 'veth', 'peer', 'name', `port${host}`, 'netns', switches];
  ip('link', 'add', 'name', 'eth0', 'netns', own, ...cable);
  ip('-n', switches, 'link', 'set', `port${host}`, 'master', 'bridge0', 'up');
  ip('-n', own, 'addr', 'add', `${subnet}.${host}/24`, 'dev', 'eth0');
  for (const device of ['eth0', 'lo']) ip('-n', own, 'link', 'set', device, 'up');
  // By itself a connection takes a quarter of an hour to see that nobody answers.
  ip('netns', 'exec', own, 'sh', '-c', 'echo 4 >/proc/sys/net/ipv4/tcp_retries2');
}
