// Names the descriptors that this process was started with, beside standard streams. MPI passes a socket so.
// At its start Node marks them close-on-exec, like its own: only their kind tells which are which.
import { fstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

const ofLoops = /^anon_inode:\[(?:eventpoll|eventfd|io_uring)\]$/;
const accessMode = 3;
const nonBlocking = 0o4000;

/** @returns {number[]} Only in Linux; may contain one of Node's own to /dev/null, which does no harm. */
export function inheritedDescriptors() {
  const links = new Map(readdirSync('/proc/self/fd').flatMap(linkOf));
  const own = pipesOfNode(links);
  const isInherited = ([, link]) => !ofLoops.test(link) && !own.has(link);
  return [...links].filter(isInherited).map(([descriptor]) => descriptor);
}

/** A descriptor and what it leads to; nothing for that of the listing, which is closed. */
function linkOf(name) {
  try {
    return Number(name) > 2 ? [[Number(name), readlinkSync(`/proc/self/fd/${name}`)]] : [];
  } catch {
    return [];
  }
}

/** Node has both ends of its pipes: those of its loops never block, and of those that do the newest is its own. */
function pipesOfNode(links) {
  const names = [...new Set(links.values())].filter((link) => link.startsWith('pipe:'));
  const pipes = names.map((name) => describePipe(name, links)).filter(({ isWhole }) => isWhole);
  const blocking = pipes.filter(({ blocks }) => blocks);
  const newest = Math.max(...blocking.map(({ madeAt }) => madeAt));
  const own = pipes.filter(({ blocks, madeAt }) => !blocks || madeAt === newest);
  return new Set(own.map(({ name }) => name));
}

function describePipe(name, links) {
  const ends = [...links.keys()].filter((descriptor) => links.get(descriptor) === name);
  const flags = ends.map(flagsOf);
  const { atimeMs, mtimeMs, ctimeMs } = fstatSync(ends[0]);
  return {
    name,
    /** One descriptor reads, one writes. */
    isWhole:
      flags
        .map((each) => each & accessMode)
        .sort()
        .join() === '0,1',
    blocks: flags.some((each) => (each & nonBlocking) === 0),
    // Reading and writing change one time each: unless both happened, the earliest is when it was made.
    madeAt: Math.min(atimeMs, mtimeMs, ctimeMs),
  };
}

function flagsOf(descriptor) {
  const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8');
  return parseInt(/^flags:\s*(\d+)$/m.exec(info)[1], 8);
}
