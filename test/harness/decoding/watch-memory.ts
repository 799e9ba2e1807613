import { readFileSync } from 'node:fs';

/** Watches the resident memory of this process, from now on, and all of its children's. Linux. */
export function watchMemory(): { end: () => number } {
  const before = residentBytes(process.pid);
  let most = 0;
  const look = () => {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
    const bytes = children
      .split(' ')
      .filter(Boolean)
      .reduce((sum, child) => sum + residentBytes(Number(child)), residentBytes(process.pid));
    most = Math.max(most, bytes - before);
  };
  const timer = setInterval(look, 50);
  return {
    end() {
      clearInterval(timer);
      return most;
    },
  };
}

function residentBytes(pid: number): number {
  try {
    const [, kilobytes = '0'] =
      /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0; // It has ended.
  }
}
