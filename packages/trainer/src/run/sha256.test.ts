import { createHash } from 'node:crypto';
import { blockBytes, slicesOf } from '@convbook/run/writing';
import { expect, test } from 'vitest';
import { sha256Of } from './sha256.ts';

function bytesOf(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at++) bytes[at] = at % 251;
  return bytes;
}

test('blocks have the hash of the whole, and others go first between them', async () => {
  const whole = bytesOf(20 * blockBytes);
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const sha256 = await sha256Of(slicesOf(whole));
  clearInterval(timer);
  expect(sha256).toBe(createHash('sha256').update(whole).digest('hex'));
  expect(turns).toBeGreaterThan(0);
});
