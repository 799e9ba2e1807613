// pnpm bench
import '../test/harness/bench/bench.ts';
