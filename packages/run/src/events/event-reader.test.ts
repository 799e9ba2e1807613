import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { mostTimelineSpans, mostTimelineWorkers } from '../checks/limits.ts';
import { parseMetrics, parseTiming } from './event-reader.ts';

const advice = 'train again, or restore the run directory from a copy';
const refused = (message: string) => new RunDirectoryError(`${message}; ${advice}`);
const lines = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

const start = { event: 'start', schema: 1, seed: 0, steps: 4, stepsPerEpoch: 2 };
const step = {
  event: 'step',
  step: 1,
  epoch: 1,
  samples: 4,
  loss: -1,
  correct: 2,
  learningRate: 0,
  gradientNorm: 0,
};
const norms = {
  event: 'layers',
  step: 1,
  epoch: 1,
  layers: [{ name: 'conv1', gradientNorm: 0, weightNorm: 1, updateNorm: 0.5 }],
};
const epoch = {
  event: 'epoch',
  epoch: 1,
  step: 2,
  trainLoss: 1,
  trainAccuracy: 1,
  testLoss: 1,
  testAccuracy: 0,
  testSamples: 4,
};

describe('parseMetrics', () => {
  test('reads what it knows and leaves the rest out', () => {
    const events = [start, step, norms, { ...step, step: 2, newer: 1 }, epoch];
    const text = lines(...events.slice(0, 2), { event: 'toString' }, ...events.slice(2));
    expect(parseMetrics(text, 'm', false)).toEqual(events);
    expect(parseMetrics('', 'm', false)).toEqual([]);
  });

  test('leaves out what a crash has cut', () => {
    expect(parseMetrics(`${lines(start)}{"event":"st`, 'm', true)).toEqual([start]);
    expect(() => parseMetrics(`${lines(start)}{"event":"st`, 'm', false)).toThrow(
      refused('m: expected a line end after the last event, got "{\\"event\\":\\"st"'),
    );
  });

  const whole = (name: string, least: number, got: string) =>
    `m:1: expected ${name} to be a whole number from ${least}, got ${got}`;
  test.each<[string, string]>([
    ['\n', 'm:1: expected JSON, got ""'],
    ['\n'.repeat(1e6), 'm:1: expected JSON, got ""'],
    ['[]\n', 'm:1: expected an object, got []'],
    ['{}\n', 'm:1: expected event to be text of at most 10000 characters, got nothing'],
    ['{"event":"step","event":"end"}\n', 'm:1: expected each key once, got "event" twice'],
    ['{"event":"x","__proto__":{}}\n', 'm:1: expected no key that every object has, got __proto__'],
    [`${'['.repeat(1000)}\n`, 'm:1: expected JSON nested at most 32 deep, got more'],
    [`"${'x'.repeat(2 ** 20)}"\n`, 'm:1: expected at most 1048576 characters, got more'],
    [lines({ ...start, schema: 2 }), 'm:1: expected schema to be 1, got 2'],
    [lines({ ...start, stepsPerEpoch: 0 }), whole('stepsPerEpoch', 1, '0')],
    [lines({ ...step, step: 1e300 }), whole('step', 1, '1e+300')],
    [lines({ ...step, correct: 0.5 }), whole('correct', 0, '0.5')],
    [lines({ ...step, loss: NaN }), 'm:1: expected loss to be a number, got null'],
    [lines({ ...step, loss: undefined }), 'm:1: expected loss to be a number, got nothing'],
    [
      lines({ ...epoch, testAccuracy: 2 }),
      'm:1: expected testAccuracy to be a fraction from 0 to 1, got 2',
    ],
    [
      lines({ ...epoch, validationLoss: null }),
      'm:1: expected validationLoss to be a number, got null',
    ],
    [lines(norms, norms), 'm:2: expected layers to be above 1, got 1'],
    [
      lines({ ...norms, layers: [{ ...norms.layers[0], updateNorm: -1 }] }),
      'm:1: expected layers[0].updateNorm to be a number of at least 0, got -1',
    ],
    [lines(start, step, step), 'm:3: expected step to be above 1, got 1'],
    [lines({ ...epoch, epoch: 5 }, epoch), 'm:2: expected epoch to be above 5, got 1'],
    [
      lines({ event: 'end', status: 'complete', step: 1, modelSha256: 'x' }),
      'm:1: expected modelSha256 to be a SHA-256 of 64 hexadecimal digits, got "x"',
    ],
  ])('refuses %.60j', (text, message) => {
    expect(() => parseMetrics(text, 'm', false)).toThrow(refused(message));
  });
});

describe('parseTiming', () => {
  const begun = { event: 'start', schema: 1, at: '2026-02-03T04:05:06Z', workers: 0, step: 0 };

  const engine = { node: '24.21.0', v8: '13.6', startedBy: '20.20.2', whyNarrow: null };
  const phase = 'update';
  const measured = [
    {
      event: 'timeline',
      step: 1,
      epoch: 1,
      milliseconds: 2,
      spans: [{ worker: 0, phase, shard: null, from: 0, to: 2 }],
    },
    {
      event: 'workers',
      step: 1,
      epoch: 1,
      workers: [[{ phase, running: 1, ending: 0, waiting: 2 }]],
    },
    {
      event: 'profile',
      step: 1,
      epoch: 1,
      steps: 1,
      parts: [{ layer: 'conv1', direction: 'forward', milliseconds: 1 }],
    },
    {
      event: 'fault',
      step: 2,
      worker: null,
      what: 'hang',
      message: 'it hangs',
      restoredStep: 0,
    },
  ];

  test('reads steps in any order: a resumed run repeats some', () => {
    const progress = {
      event: 'progress',
      step: 9,
      epoch: 1,
      elapsedSeconds: 1,
      imagesPerSecond: 1,
    };
    const resumed = { ...begun, step: 4, engine };
    const events = [begun, progress, resumed, { ...progress, step: 5 }, ...measured];
    expect(parseTiming(lines(...events), 't', false)).toEqual(events);
  });

  test.each<[object, string]>([
    [
      { ...measured[0], spans: [{}] },
      't:1: expected spans[0].worker to be a whole number from 0, got nothing',
    ],
    [{ ...measured[1], workers: {} }, 't:1: expected workers to be a list, got {}'],
    [{ ...measured[2], steps: 0 }, 't:1: expected steps to be a whole number from 1, got 0'],
    [
      { ...measured[3], what: 'sleep' },
      't:1: expected what to be "error" or "exit" or "memory" or "hang", got "sleep"',
    ],
    [
      { ...begun, engine: { ...engine, whyNarrow: 1 } },
      't:1: expected engine.whyNarrow to be text of at most 10000 characters, got 1',
    ],
    [{ ...begun, at: 'now' }, 't:1: expected at to be an ISO 8601 time in UTC, got "now"'],
    [
      { event: 'end', step: 1, elapsedSeconds: -1, peakMemoryBytes: 1 },
      't:1: expected elapsedSeconds to be a number of at least 0, got -1',
    ],
  ])('refuses %j', (event, message) => {
    expect(() => parseTiming(lines(event), 't', false)).toThrow(refused(message));
  });
});

describe('the longest events a training writes are read', () => {
  const number = 1e-300 * Math.PI;
  const layers = Array.from({ length: 1000 }, (_, k) => `softmax${k + 1}`);
  const at = { step: Number.MAX_SAFE_INTEGER, epoch: Number.MAX_SAFE_INTEGER };
  const times = { running: 123456.123456, ending: 123456.123456, waiting: 123456.123456 };

  test('norms of 1000 layers', () => {
    const event = {
      event: 'layers',
      ...at,
      layers: layers.map((name) => ({
        name,
        gradientNorm: number,
        weightNorm: number,
        updateNorm: number,
      })),
    };
    expect(parseMetrics(lines(event), 'm', false)).toEqual([event]);
  });

  const timing: Readonly<Record<string, object>> = {
    'phases of 256 workers': {
      event: 'workers',
      ...at,
      workers: Array.from({ length: 256 }, () =>
        Array.from({ length: 7 }, () => ({ phase: 'forward and backward', ...times })),
      ),
    },
    'times of 1000 layers in four directions': {
      event: 'profile',
      ...at,
      steps: 40,
      parts: layers.flatMap((layer) =>
        ['forward', 'input gradient', 'weight gradient', 'sum'].map((direction) => ({
          layer,
          direction,
          milliseconds: 123456789.123,
        })),
      ),
    },
    'as many spans as a timeline has': {
      event: 'timeline',
      ...at,
      milliseconds: 123456789.123,
      spans: Array.from({ length: mostTimelineSpans }, () => ({
        worker: mostTimelineWorkers,
        phase: 'forward and backward',
        shard: 63,
        from: 123456789.123,
        to: 123456789.123,
      })),
      workersLeftOut: 240,
      spansLeftOut: Number.MAX_SAFE_INTEGER,
    },
  };
  test.each(Object.keys(timing))('%s', (name) => {
    expect(parseTiming(lines(timing[name]), 't', false)).toEqual([timing[name]]);
  });
});
