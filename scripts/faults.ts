// pnpm test:faults
import '../test/harness/faults/faults.ts';
