import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelSignatureFile, kernelSignatureSource } from './testing/kernel-signature-source.ts';

test('are those of the AssemblyScript sources; else run node --import tsx scripts/kernel-signatures.ts', async () => {
  expect(readFileSync(kernelSignatureFile, 'utf8')).toBe(await kernelSignatureSource());
});
