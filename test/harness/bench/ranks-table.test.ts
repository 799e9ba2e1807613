import { expect, it } from 'vitest';
import { networkLine } from './ranks-table.ts';

it('the line of a network says how well it fits', () => {
  const ranks = { ranks: 2, hosts: ['a', 'b'], library: 'Open MPI 4.1.4', workers: 1, cores: 1 };
  const network = { latency: 5e-5, bandwidth: 1.17e9, error: 0.2 };
  expect(networkLine({ kind: 'network', ...ranks, ...network })).toBe(
    '2 ranks on a, b, Open MPI 4.1.4; each has 1 worker on 1 core\n' +
      'α 50.0 µs, β 1.17 GB/s, fitted to gathers and scatters of 256 B to 16 MiB; ' +
      'the fit misses their times by 20.0% (root mean square)',
  );
});
