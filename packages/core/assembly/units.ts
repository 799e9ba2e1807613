// The kinds of number in the kernels' signatures, which ../src/kernel-signatures.ts repeats for TypeScript:
// `usize` is the address of something in memory; every other type is a number.

/** The address of something, or 0 where there is none. */
export type Optional = usize;

/** A length or a distance in memory. */
export type Bytes = usize;
