// The process that decodes pictures, one at a time. A picture that takes too much ends it, and no other is lost.
import type * as Library from './decode-picture.ts';
import { allowanceFor, headerAllowance } from './limits.ts';
import { makeImage } from './make-image.ts';
import type { Answer, Products, Reply, Request } from './messages.ts';
import { startWatch, type Watch } from './watch.ts';

type AnyProduct = Products[keyof Products];

/** Growth that ends this process between two pictures: freed memory does not always return to the system. */
const mostGrowth = 128 << 20;

const bytesAtStart = process.memoryUsage.rss();

const decoder = import('./decode-picture.ts').catch(lineOf);

// Ctrl+C is for the process that asks; without it there is nothing to do.
process.on('SIGINT', () => undefined);
process.on('disconnect', end);
process.on('message', (request: Request) => void serve(request));

async function serve(request: Request): Promise<void> {
  const loaded = await decoder;
  if (typeof loaded === 'string') {
    const problem = `no picture can be decoded here, got ${loaded}; install the optional packages of sharp`;
    return reply({ problem, isEnding: true });
  }
  const watch = startWatch(headerAllowance, (excess) => {
    void reply({ problem: undecodable(excess), isEnding: true }).then(end);
  });
  const answer = await decode(request, loaded, watch);
  watch.end();
  await reply({ ...answer, isEnding: process.memoryUsage.rss() - bytesAtStart > mostGrowth });
}

async function decode(
  { source, reader, longestSide, want, making }: Request,
  { readHeader, decodePicture }: typeof Library,
  watch: Watch,
): Promise<Answer<AnyProduct>> {
  try {
    const header = await readHeader(source, reader);
    const allowance = allowanceFor(header);
    if (typeof allowance === 'string') return { problem: allowance };
    const size = header.autoOrient;
    if (want === 'size') return { product: size };
    watch.allow(allowance);
    const pixels = await decodePicture(source, header, longestSide);
    return { product: making ? makeImage(pixels, size, making) : pixels };
  } catch (error) {
    return { problem: undecodable(lineOf(error)) };
  }
}

/** Resolves once the process that asks has the reply, or is gone. */
function reply(message: Reply<AnyProduct>): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

function undecodable(got: string): string {
  return `the picture cannot be decoded, got ${got}; save it again as PNG`;
}

/** The first line of libvips that says something: what was sought and where is not for users. */
function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message
    .replace(/^Input (buffer|file) (has corrupt header:|contains unsupported image format)\s*/, '')
    .split('\n');
  const line = lines.find((text) => !text.startsWith('source: ')) ?? '';
  return line.replace(/\W+$/, '') || 'a damaged header';
}

/** At once, whatever the other threads do: `process.exit` waits for them. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
