// The process that decodes pictures, one at a time. A picture that takes too much ends it, and no other is lost.
import { answerRequest, lineOf, undecodable } from './answer-request.ts';
import { headerAllowance } from './limits.ts';
import type { Products, Reply, Request } from './messages.ts';
import { startWatch } from './watch.ts';

/** Growth that ends this process between two pictures: freed memory does not always return to the system. */
const mostGrowth = 64 << 20;

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
  const answer = await answerRequest(request, loaded, watch.allow);
  watch.end();
  await reply({ ...answer, isEnding: process.memoryUsage.rss() - bytesAtStart > mostGrowth });
}

/** Resolves once the process that asks has the reply, or is gone. */
function reply(message: Reply<Products[keyof Products]>): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

/** At once, whatever the other threads do: `process.exit` waits for them. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
