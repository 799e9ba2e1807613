import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerSpec } from '@convbook/layers';
import { html, type Html } from '@convbook/page';
import { pageText } from '@convbook/page/testing';
import { readRun, type TimingEvent } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { filterAnswers } from '../explain/filter-answers.ts';
import { networksOf } from '../testing/networks.ts';
import { confusionCell } from './confusion.ts';
import { deeperFilters } from './deeper-filters.ts';
import { interruptions } from './interruptions.ts';
import { layerPace } from './layer-pace.ts';
import { modelTime } from './model-time.ts';
import { smoothingControl } from './smoothing-control.ts';
import { trainingCell } from './training.ts';
import { workersPart } from './workers.ts';

const root = temporaryDirectory();
const run = readRun(writeSyntheticRun(join(root, 'run')));
const textOf = (markup: Html | null) =>
  pageText(String(markup)).replaceAll(/\s+/g, ' ').replaceAll(' .', '.');

test('the pace of layers: the smallest and the largest update, and a row a layer', async () => {
  const text = textOf(await layerPace(run));
  expect(text).toContain('from 0.154% of the weights (conv1) to 0.462% (dense2)');
  expect(text).toContain('conv1 1 0.129 0.0913 2.01 3.2 0.00154 0.00125');
});

test('layers of a run whose loss jumped are not called steady', async () => {
  const steps = run.steps.map((step) => ({ ...step, loss: step.step > 1 ? 9 : 2.3 }));
  const text = textOf(await layerPace({ ...run, steps }));
  expect(text).toContain('That looks usual, yet the model did not learn');
});

test('an accuracy that ends as high as it ever was ends at its highest', async () => {
  const epochs = run.epochs.map((epoch) => ({ ...epoch, testAccuracy: 0.9 }));
  const text = textOf(await trainingCell.render({ ...run, epochs }, null, null));
  expect(text).toContain('Test accuracy ends at its highest, 90.00%.');
});

test('classes of one F1 are not told apart', async () => {
  const labels = Uint8Array.of(0, 1, 2);
  const logits = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const evaluation = { samples: 3, classes: 3, logits, labels };
  const text = textOf(
    await confusionCell.render({ ...run, evaluation, samples: null }, null, null),
  );
  expect(text).toContain('Every class has an F1 of 100.0%.');
});

test('a layer that nothing reaches is named', async () => {
  const layerNorms = run.layerNorms.map((event) => ({
    ...event,
    layers: event.layers.map((layer) =>
      layer.name === 'conv1' && event.step > 1 ? { ...layer, gradientNorm: 0 } : layer,
    ),
  }));
  expect(textOf(await layerPace({ ...run, layerNorms }))).toContain(
    'the gradient of conv1 was 0 in some steps',
  );
  expect(await layerPace({ ...run, layerNorms: [] })).toBeNull();
});

describe('the workers', () => {
  test('of a rank wait for other ranks, too', async () => {
    const timing = run.timing.map((event) =>
      event.event === 'start' ? { ...event, ranks: [{ rank: 0, host: 'a', workers: 2 }] } : event,
    );
    const text = textOf(await workersPart({ ...run, timing }));
    expect(text).toContain('they wait for each other and for the other ranks');
    expect(text).toContain('2 workers of rank 0 were busy for 90.5% of the training time');
  });

  test('how much of the time they worked, and what each did', async () => {
    const text = textOf(await workersPart(run));
    // 2 · (0.2 + 0.1 + 0.1) of 2 · (3 + 0.6 + 0.2 + 0.03 + 0.4) seconds are waiting.
    expect(text).toContain('2 workers were busy for 90.5% of the training time');
    expect(text).toContain('as 1.81 workers that never wait');
    expect(text).toContain('1 3.01 0.61 0.21 0.40 90.5%');
    expect(text).toContain('2 shard 2 0.10 2.40');
  });

  test('workers and spans that are not shown are counted', async () => {
    const timing = run.timing.map((event) =>
      event.event === 'timeline' ? { ...event, workersLeftOut: 48, spansLeftOut: 7 } : event,
    );
    const text = textOf(await workersPart({ ...run, timing }));
    expect(text).toContain('Only the first 2 of 50 workers are shown.');
    expect(text).toContain('7 later spans were too many to record');
    expect(textOf(await workersPart(run))).not.toMatch(/Only the first|too many to record/);
  });

  test('one waits for nobody; without workers there is nothing to show', async () => {
    const timing = run.timing.map((event) =>
      event.event === 'workers' ? { ...event, workers: event.workers.slice(0, 1) } : event,
    );
    expect(textOf(await workersPart({ ...run, timing }))).toContain('One worker computed');
    expect(await workersPart({ ...run, timing: [] })).toBeNull();
  });

  test('one worker of a rank waits for the others', async () => {
    const ranks = [0, 1].map((rank) => ({ rank, host: 'node-a', workers: 1 }));
    const timing = run.timing.map((event) => {
      if (event.event === 'start') return { ...event, ranks };
      return event.event === 'workers' ? { ...event, workers: event.workers.slice(0, 1) } : event;
    });
    expect(textOf(await workersPart({ ...run, timing }))).toContain('waited for the other ranks');
  });
});

test('faults and resumes are told, with their messages as text', () => {
  const events: TimingEvent[] = [
    {
      event: 'fault',
      step: 30,
      worker: 1,
      what: 'hang',
      restoredStep: 25,
      message: 'stood <still>',
    },
    { event: 'start', schema: 1, at: '2025-11-22T10:00:00Z', workers: 3, step: 50 },
  ];
  const directory = writeSyntheticRun(join(root, 'stopped'));
  for (const event of events) {
    appendFileSync(join(directory, 'timing.ndjson'), `${JSON.stringify(event)}\n`);
  }
  const text = textOf(interruptions(readRun(directory)));
  expect(text).toContain(
    'This run was resumed once. Its workers were replaced once after a fault.',
  );
  expect(text).toContain('fault 30 2 25 it stood still stood <still>');
  expect(text).toContain('resume 50 3 of them 50 22 November 2025, 10:00 UTC –');
  expect(interruptions(run)).toBeNull();
});

test('the time of each layer, those of one pass together', () => {
  const time = modelTime(run);
  const text = textOf(html`${time?.text} ${time?.table}`);
  expect(text).toContain('Here 75.0% of the time is spent in conv1 + relu1 + pool1');
  expect(text).toContain('mean of 4 steps');
  expect(text).toContain('conv1 + relu1 + pool1 75.0% 4 2');
  expect(text).toContain('reading the images 3.1% 0.25 –');
  expect(modelTime({ ...run, timing: [] })).toBeNull();
});

test('smoothing is offered where there are steps enough', () => {
  expect(String(smoothingControl(run))).toContain('data-smoothing="1 3 10 30"');
  expect(smoothingControl({ ...run, steps: run.steps.slice(0, 4) })).toBeNull();
});

describe('deeper filters', () => {
  const conv = (filters: number): LayerSpec => ({ kind: 'conv2d', filters, kernelSize: 3 });
  const answer: LayerSpec[] = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }];
  const networks = (layers: LayerSpec[]) =>
    networksOf({ input: [1, 28, 28], layers: [...layers, ...answer] });

  test('those of each convolution behind the first, dead and twins named', async () => {
    const { trained, ...others } = await networks([conv(30), conv(14)]);
    const weights = trained.parameters.get('conv2.weight') ?? new Float32Array();
    const size = weights.length / 14;
    weights.subarray(0, size).fill(0);
    weights.copyWithin(5 * size, 3 * size, 4 * size);
    const answers = filterAnswers(run, trained);
    const text = textOf(deeperFilters({ trained, ...others }, answers));
    expect(text).toContain('conv2: 12 of 14 filters, 24 of 30 maps');
    expect(text).toMatch(/conv2 14 \S+ 1 4–6/);
  });

  test('are left out where there is one convolution, or no model', async () => {
    expect(deeperFilters(await networks([conv(3)]), null)).toBeNull();
    expect(deeperFilters(null, null)).toBeNull();
  });
});
