// pnpm golden
import '../test/harness/golden/golden.ts';
