// Names the descriptors that this process was started with, beside standard streams. MPI passes a socket so.
// Node marks them close-on-exec at its start, as its own are; so what they are has to tell.
import { fstatSync, readdirSync, readlinkSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const ofLoops = /^anon_inode:\[(?:eventpoll|eventfd|io_uring)\]$/;

/** @returns {number[]} In Linux alone; perhaps one of Node's own to /dev/null, which does no harm. */
export function inheritedDescriptors() {
  const links = readdirSync('/proc/self/fd').map(linkOf);
  const open = links.filter(({ descriptor, link }) => descriptor > 2 && link !== null);
  return open.filter((one) => !isNodes(one, open)).map(({ descriptor }) => descriptor);
}

/** What a descriptor leads to; null for that of the listing, which is closed. */
function linkOf(name) {
  try {
    return { descriptor: Number(name), link: readlinkSync(`/proc/self/fd/${name}`) };
  } catch {
    return { descriptor: Number(name), link: null };
  }
}

/** Node's loops have both ends of their pipes, and make them after the process began. */
function isNodes({ descriptor, link }, open) {
  if (!link.startsWith('pipe:')) return ofLoops.test(link);
  const ends = open.filter((other) => other.link === link).length;
  return ends === 2 && isYoung(descriptor);
}

/** A pipe has the time of its making until it is read and written. */
function isYoung(descriptor) {
  const { atimeMs, mtimeMs, ctimeMs } = fstatSync(descriptor);
  return Math.min(atimeMs, mtimeMs, ctimeMs) >= performance.timeOrigin;
}
