import { expect, test } from 'vitest';
import { hostShare, pinnedText } from './host-share.ts';

const hosts = ['a', 'a', 'b'];

test.each([
  [8, 'its cores, where it is alone on a host', 2, 8, 8],
  [4, 'half of them, of two ranks on a host', 0, 8, 8],
  [3, 'what the launcher gives, where that is less', 1, 3, 8],
  [1, 'one, where ranks are more than cores', 0, 1, 1],
])('%i workers: %s', (workers, _why, rank, available, cores) => {
  expect(hostShare({ rank, hosts }, available, cores)).toEqual({ workers, pinnedOf: null });
});

test('a rank that may use one core of several is warned', () => {
  const share = hostShare({ rank: 2, hosts }, 1, 8);
  expect(share).toEqual({ workers: 1, pinnedOf: 8 });
  expect(pinnedText(share)).toBe(
    'launcher: expected the cores of the host for each rank, got 1 of 8; start ranks with --bind-to none (mpirun) or --cpus-per-task (srun)',
  );
  expect(pinnedText({ workers: 4, pinnedOf: null })).toBeNull();
});
