import { loadPeakModule } from '@convbook/core/node';
import { createGemmPeak } from '@convbook/core/kernels';
import { expect, test } from 'vitest';
import { measurePeak, quietPeak } from './peak.ts';

test('a peak next to other work is none', () => {
  expect(quietPeak(40, 0.1)).toBe(40);
  expect(quietPeak(40, 0.2)).toBeNull();
});

test.each([false, true])('both kernels run, wide: %s', async (isWide) => {
  const peak = createGemmPeak(await loadPeakModule(false), isWide);
  peak.run(2);
  expect(peak.flops).toBe(2 * 256 * 4 * (isWide ? 16 : 8));
});

test('threads add up to one number', async () => {
  const speed = await measurePeak({ threads: 2, seconds: 0.02, isWide: false });
  expect(speed ?? 1).toBeGreaterThan(0);
});
