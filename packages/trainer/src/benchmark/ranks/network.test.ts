import { describe, expect, it } from 'vitest';
import { crossingSeconds, fitNetwork, roundsOf } from './network.ts';

describe('a network of two numbers', () => {
  const network = { latency: 1e-4, bandwidth: 1e9 };

  it.each([
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [64, 6],
  ])('%i ranks have heard of all after %i messages', (ranks, rounds) => {
    expect(roundsOf(ranks)).toBe(rounds);
  });

  it('needs its latency for each message, and a time for each byte', () => {
    expect(crossingSeconds(network, 0, 8)).toBeCloseTo(3e-4, 12);
    expect(crossingSeconds(network, 1e6, 8)).toBeCloseTo(3e-4 + 1e-3, 12);
    expect(crossingSeconds(network, 1e6, 1)).toBe(0);
  });

  it.each([2, 4, 7])('is found again from the times of %i ranks that follow it', (ranks) => {
    const timed = [10, 1e3, 1e5, 1e7].map((bytes) => ({
      bytes,
      seconds: crossingSeconds(network, bytes, ranks),
    }));
    const fitted = fitNetwork(timed, ranks);
    expect(fitted.latency).toBeCloseTo(network.latency, 9);
    expect(fitted.bandwidth / network.bandwidth).toBeCloseTo(1, 6);
    expect(fitted.error).toBeLessThan(1e-6);
  });

  it('tells how far times are from it', () => {
    // Two calls of as many bytes, one twice as long: the best line, by shares, misses both.
    const timed = [
      { bytes: 0, seconds: 1 },
      { bytes: 0, seconds: 2 },
      { bytes: 1e9, seconds: 3 },
    ];
    const { latency, error } = fitNetwork(timed, 2);
    expect(latency).toBeGreaterThan(1);
    expect(latency).toBeLessThan(2);
    expect(error).toBeGreaterThan(0.1);
  });

  it('has no negative latency, and no negative bandwidth', () => {
    const slower = [
      { bytes: 1e3, seconds: 1e-6 },
      { bytes: 1e6, seconds: 1e-2 },
    ];
    expect(fitNetwork(slower, 2)).toMatchObject({ latency: 0 });
    const faster = [
      { bytes: 1e3, seconds: 1e-2 },
      { bytes: 1e6, seconds: 1e-6 },
    ];
    expect(fitNetwork(faster, 2).bandwidth).toBe(Infinity);
  });
});
