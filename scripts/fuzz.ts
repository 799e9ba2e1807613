// pnpm test:fuzz
import '../test/harness/fuzz/fuzz.ts';
