// node --import tsx scripts/job.ts
import '../test/harness/bench/job.ts';
