// node --import tsx scripts/kernel-signatures.ts: writes the kernels' TypeScript signatures.
import { writeFileSync } from 'node:fs';
import {
  kernelSignatureFile,
  kernelSignatureSource,
} from '../packages/core/src/testing/kernel-signature-source.ts';

writeFileSync(kernelSignatureFile, await kernelSignatureSource());
