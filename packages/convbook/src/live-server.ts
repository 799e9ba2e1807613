// The process behind --live: serves the notebook of the run that its parent trains.
import { setPriority } from 'node:os';
import { serveRun } from '@convbook/report';
import type { LiveAddress } from './live-notebook.ts';

const [directory, port] = process.argv.slice(2);

// Ctrl+C reaches this process too: the parent finishes its step, and then says so.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
// Without a parent there is nothing that grows.
process.on('disconnect', () => process.exit());
// Training goes first.
setPriority(10);

const { address, isElsewhere, finish } = await serveRun(directory, Number(port));
process.on('message', () => void finish().then(() => process.exit()));
const message: LiveAddress = { address, isElsewhere };
process.send?.(message);
