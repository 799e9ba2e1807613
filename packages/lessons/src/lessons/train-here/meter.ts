/** Seconds after which a speed is told. */
const least = 0.5;

/** Images a second while training goes on and on; single steps are not measured. */
interface Meter {
  /** Training goes on; nothing where it did already. */
  start(images: number): void;
  /** @param images Those of all steps so far. */
  read(images: number): number | null;
  /** The speed of the last training that went on, null before. */
  stop(): number | null;
  clear(): void;
}

export function createMeter(): Meter {
  let from: { readonly at: number; readonly images: number } | null = null;
  let last: number | null = null;
  return {
    start: (images) => void (from ??= { at: performance.now(), images }),
    read(images) {
      const seconds = from === null ? 0 : (performance.now() - from.at) / 1000;
      if (from !== null && seconds >= least) last = (images - from.images) / seconds;
      return last;
    },
    stop() {
      from = null;
      return last;
    },
    clear() {
      from = null;
      last = null;
    },
  };
}
