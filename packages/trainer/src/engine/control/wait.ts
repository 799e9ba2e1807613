/**
 * Returns the new value of a word that was `known`: looks at it `looks` times before the thread
 * sleeps. The memory must be shared.
 */
export function waitForChange(
  words: Int32Array,
  word: number,
  known: number,
  looks: number,
): number {
  for (let look = 0; look < looks; look++) {
    const value = Atomics.load(words, word);
    if (value !== known) return value;
  }
  for (;;) {
    Atomics.wait(words, word, known);
    const value = Atomics.load(words, word);
    if (value !== known) return value;
  }
}
