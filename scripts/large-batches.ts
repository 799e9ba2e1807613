// node --import tsx scripts/large-batches.ts
import '../test/harness/bench/large-batches.ts';
