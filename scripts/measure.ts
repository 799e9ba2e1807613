// One measurement of `pnpm bench`, in a process of its own.
import '../test/harness/bench/measure-child.ts';
