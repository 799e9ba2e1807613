import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { lastMetricsEvent, readMetrics, wholeLines } from './read-metrics.ts';

describe('the metrics of a run that goes on', () => {
  // Lines of 500 bytes and more, in many blocks of 256 KiB.
  const filling = 'x'.repeat(380);
  const epoch = {
    event: 'epoch',
    trainLoss: 1,
    trainAccuracy: 0.5,
    testLoss: 1,
    testAccuracy: 0.5,
    testSamples: 1,
  };
  const step = {
    event: 'step',
    epoch: 1,
    samples: 1,
    loss: 1,
    correct: 1,
    learningRate: 1,
    gradientNorm: 1,
  };
  const lines = Array.from({ length: 6000 }, (_, k) =>
    JSON.stringify(
      k % 3 === 0
        ? { ...epoch, epoch: k + 1, step: k + 1, filling }
        : { ...step, step: k + 1, filling },
    ),
  );
  const written = (text: string) => {
    const file = path.join(temporaryFolder(), 'log.ndjson');
    writeFileSync(file, text);
    return { file, size: Buffer.byteLength(text) };
  };
  const text = `${lines.join('\n')}\n`;

  test('wholeLines leaves out a line without an end', () => {
    expect(wholeLines(written(`${text}${'y'.repeat(3e6)}`).file)).toBe(text.length);
    expect(wholeLines(written('').file)).toBe(0);
  });

  test('lastMetricsEvent finds the last of a kind', () => {
    const { file } = written(`${text}{"event":"ep`);
    expect(lastMetricsEvent(file, 'epoch')?.step).toBe(5998);
    expect(lastMetricsEvent(file, 'end')).toBeUndefined();
  });

  const stepsOf = (file: string, size: number) =>
    [...readMetrics(file, size)].flat().filter(({ event }) => event === 'step').length;

  test('readMetrics gives the events up to a place', () => {
    const { file, size } = written(text);
    expect(stepsOf(file, size)).toBe(4000);
    expect(stepsOf(file, lines[0].length + lines[1].length + 2)).toBe(1);
    expect(stepsOf(file, 0)).toBe(0);
  });

  const advice = 'train again, or restore the run directory from a copy';
  test.each([
    ['a line that is no event', `${text}[]\n`, 0, ':6001: expected an object, got []'],
    [
      'a place within a line',
      `${text}{"event":"step"}\n`,
      5,
      ': expected a line end after the last event, got "{\\"event\\":\\"st"',
    ],
  ])('readMetrics refuses %s', (_, changed, missing, message) => {
    const { file, size } = written(changed);
    expect(() => stepsOf(file, size - missing)).toThrow(
      new RunDirectoryError(`${file}${message}; ${advice}`),
    );
  });
});
