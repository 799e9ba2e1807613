// Whether V8 joins neighbouring 128-bit operations of the kernels into 256-bit ones here. Plain JavaScript:
// the start of every command asks it, too, before anything is bundled.
import { Buffer } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import process from 'node:process';

/** The V8 versions that the tests have run with the flag; of others nothing is known. */
const testedV8 = ['13.6', '14.6'];

/**
 * Why kernels are narrow under a version of V8.
 *
 * @param {string} v8 A version as in `process.versions.v8`; default that of the running Node.
 * @returns {string | null} Null where they may be wide.
 */
export function whyNarrow(v8 = process.versions.v8) {
  if (process.env.CONVBOOK_WIDE === 'off') return 'CONVBOOK_WIDE is off';
  // It names a version of V8, but runs JavaScriptCore.
  if (process.versions.bun !== undefined) return 'Bun does not widen kernels';
  if (!hasAvx2()) return 'the processor is not known to have AVX2';
  const version = v8.split('.', 2).join('.');
  return testedV8.includes(version) ? null : `V8 ${version} does not widen kernels`;
}

/** Only Linux tells. */
function hasAvx2() {
  return process.arch === 'x64' && process.platform === 'linux' && / avx2 /.test(firstProcessor());
}

/** The start of what the system says of its processors: enough for the first, however many there are. */
function firstProcessor() {
  const text = Buffer.alloc(4096);
  try {
    const file = openSync('/proc/cpuinfo', 'r');
    const length = readSync(file, text);
    closeSync(file);
    return text.toString('latin1', 0, length);
  } catch {
    return '';
  }
}
