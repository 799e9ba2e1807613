import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { isComplete, type Ticket } from '../../engine/exchange/exchange.ts';
import { createRanksInProcess } from '../../testing/ranks-in-process.ts';
import { measureNetwork } from './measure-network.ts';

const waitFor = async (ticket: Ticket) => {
  while (!isComplete(ticket)) await setImmediate();
};

it.each([2, 3])('%i ranks time gathers and scatters of growing sizes', async (ranks) => {
  const measured = await Promise.all(
    createRanksInProcess(ranks).map((exchange) => measureNetwork(exchange, waitFor, 3)),
  );
  for (const { gathers, scatters } of measured) {
    for (const timed of [gathers, scatters]) {
      expect(timed.map(({ bytes }) => bytes)).toEqual(
        timed.map(({ bytes }) => bytes).toSorted((a, b) => a - b),
      );
      expect(timed.filter(({ seconds }) => !(seconds > 0))).toEqual([]);
    }
  }
  // A gather brings all but the own part, 256 bytes here in 2 or 3 parts.
  expect(measured.map(({ gathers }) => gathers[0].bytes)).toEqual(
    ranks === 2 ? [128, 128] : [171, 171, 170],
  );
});
