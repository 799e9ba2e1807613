// pnpm bench:decoding
import '../test/harness/decoding/decoding.ts';
