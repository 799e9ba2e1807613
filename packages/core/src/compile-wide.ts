import { setFlagsFromString } from 'node:v8';

/** A flag of V8 that is on only while kernels are compiled, and off at other times, or the reverse. */
interface Flag {
  readonly name: string;
  readonly isUsuallyOn: boolean;
}

/**
 * Joining vectors is new in V8 and aborts on functions that other modules of a program may have, so it is on
 * for these kernels alone: all of them are compiled here, by the optimising compiler. V8 14.6 inlines by what
 * the baseline compiler has counted, and aborts without it.
 */
const flags: readonly Flag[] = [
  { name: 'experimental-wasm-revectorize', isUsuallyOn: false },
  { name: 'liftoff', isUsuallyOn: true },
  { name: 'wasm-lazy-compilation', isUsuallyOn: true },
  { name: 'wasm-inlining', isUsuallyOn: true },
];

/** Compiles a module of which V8 joins neighbouring 128-bit operations; only where `whyNarrow` is null. */
export function compileWide(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  for (const { name, isUsuallyOn } of flags) setFlag(name, !isUsuallyOn);
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    for (const { name, isUsuallyOn } of flags) setFlag(name, isUsuallyOn);
  }
}

function setFlag(name: string, isOn: boolean): void {
  setFlagsFromString(isOn ? `--${name}` : `--no-${name}`);
}
