// Commands that train may run under another Node than the one they were typed for, see scripts/newer-node.mjs.
// The one that was typed tells the other so by a variable. Plain JavaScript: it is used before anything is bundled.
import process from 'node:process';

const name = 'CONVBOOK_STARTED_BY';

/** The variable, for the environment of the process that this one starts. */
export function starterVariable() {
  return { [name]: `${process.versions.node} ${process.pid}` };
}

/** Whether the environment has the variable: for this process, or for one above it. */
export function hasStarterVariable() {
  return process.env[name] !== undefined;
}

/** The version of the Node that started this one; null where none did. Processes below inherit the variable. */
export function startedBy() {
  const [version, id] = (process.env[name] ?? '').split(' ');
  return Number(id) === process.ppid ? version : null;
}
