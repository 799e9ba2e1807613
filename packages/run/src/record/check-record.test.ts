import { RunDirectoryError } from '@convbook/core';
import { innerKinds } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { parseRunRecord } from './check-record.ts';

const advice = 'train again, or restore the run directory from a copy';

const record = {
  format: 'convbook-run/1',
  status: 'complete',
  createdAt: '2026-02-03T04:05:06.789Z',
  command: 'pnpm train',
  model: {
    name: 'small',
    input: [1, 4, 4],
    parameters: 34,
    source: {
      kind: 'file',
      sha256: '0'.repeat(64),
      relativePath: '../m.ts',
      absolutePath: '/m.ts',
    },
    layers: [{ kind: 'flatten' }, { kind: 'dense', units: 2 }],
  },
  configuration: {
    epochs: 2,
    batchSize: 4,
    shardSize: 4,
    evaluationShardSize: 64,
    seed: 0,
    limit: null,
    validation: 0,
    learningRate: 0.1,
    schedule: { name: 'step', every: 2 },
    optimizer: { name: 'adam', beta1: 0.9 },
    loss: 'huber',
    lossSettings: { delta: 1 },
    clipNorm: null,
    newer: { a: [1, 'b', true, null] },
  },
  data: {
    name: 'two',
    sampleShape: [1, 4, 4],
    classNames: ['a', '</script>\u202e'],
    trainSamples: 8,
    validationSamples: 0,
    testSamples: 4,
    sha256: { file: '00' },
    scaling: 'byte / 255',
    attribution: '',
    source: { kind: 'folder', relativePath: '../two', absolutePath: '/two' },
  },
  versions: { node: '20' },
  project: { commit: '0'.repeat(40), changed: null },
  host: { workers: 0, cores: 2, processor: '', platform: 'linux x64', memoryBytes: 1 },
  result: {
    epochs: 2,
    steps: 4,
    trainLoss: 1,
    trainAccuracy: 1,
    testLoss: 1,
    testAccuracy: 0.5,
    testCorrect: 2,
    testSamples: 4,
    elapsedSeconds: 1,
    imagesPerSecond: 8,
    modelSha256: '0'.repeat(64),
  },
  newer: { field: [1] },
};

/** The record's text with the value at a path replaced by JSON; removed where that is empty. */
function replaced(path: string, json: string): string {
  const copy = structuredClone(record) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (json === '') parent[last] = undefined;
  else parent[last] = '@';
  return JSON.stringify(copy).replace('"@"', () => json);
}

describe('parseRunRecord', () => {
  test('takes a record, with fields it does not know', () => {
    expect(parseRunRecord(JSON.stringify(record), 'run.json')).toEqual(record);
  });

  test('takes a model with a block', () => {
    const initializer = { name: 'he', distribution: 'normal' };
    const conv = { kind: 'conv2d', filters: 2, kernelSize: [3, 3], padding: 1, initializer };
    const block = { kind: 'residual', layers: [conv], shortcut: 'conv' };
    const layers = [block, { kind: 'globalAvgPool2d' }];
    const given = { ...record, model: { ...record.model, layers } };
    expect(parseRunRecord(JSON.stringify(given), 'run.json')).toEqual(given);
  });

  test.each([
    ['result', '', 'status', '"running"'],
    ['model.source', '', 'status', '"complete"'],
    ['data.source', '', 'status', '"complete"'],
    ['model.input', '[16]', 'model.layers', '[{"kind":"dense","units":2}]'],
  ])('takes a record whose %s is %j', (path, json, other, text) => {
    const both = replaced(path, json).replace(
      JSON.stringify(other === 'status' ? 'complete' : record.model.layers),
      text,
    );
    expect(() => parseRunRecord(both, 'run.json')).not.toThrow();
  });

  const whole = (path: string, least: number, got: string) =>
    `expected ${path} to be a whole number from ${least}, got ${got}`;
  const list = (path: string, range: string, got: string) =>
    `expected ${path} to be a list of ${range} items, got ${got}`;

  test.each<[path: string, json: string, message: string]>([
    ['format', '"convbook-run/2"', 'expected format to be "convbook-run/1", got "convbook-run/2"'],
    [
      'status',
      '"done"',
      'expected status to be "running" or "complete" or "interrupted" or "diverged" or "failed", got "done"',
    ],
    [
      'createdAt',
      '"yesterday"',
      'expected createdAt to be an ISO 8601 time in UTC, got "yesterday"',
    ],
    [
      'createdAt',
      '"2026-02-30T25:00:00Z"',
      'expected createdAt to be an ISO 8601 time in UTC, got "2026-02-30T25:00:00Z"',
    ],
    [
      'command',
      JSON.stringify('x'.repeat(10_001)),
      `expected command to be text of at most 10000 characters, got "${'x'.repeat(56)}…`,
    ],
    ['model', '[]', 'expected model to be an object, got []'],
    ['model', '', 'expected model to be an object, got nothing'],
    [
      'model.source.kind',
      '"url"',
      'expected model.source.kind to be "preset" or "file" or "object", got "url"',
    ],
    [
      'model.source.sha256',
      '"0"',
      'expected model.source.sha256 to be a SHA-256 of 64 hexadecimal digits, got "0"',
    ],
    ['data.source', '"mnist"', 'expected data.source to be an object, got "mnist"'],
    [
      'data.source.kind',
      '"kaggle"',
      'expected data.source.kind to be "mnist" or "synthetic" or "folder" or "pictures" or "object", got "kaggle"',
    ],
    [
      'data.source.absolutePath',
      '5',
      'expected data.source.absolutePath to be text of at most 10000 characters, got 5',
    ],
    ['data.source.seed', '-1', whole('data.source.seed', 0, '-1')],
    ['model.name', '{}', 'expected model.name to be text of at most 10000 characters, got {}'],
    ['model.input', '[]', list('model.input', '1 to 8', '[]')],
    ['model.input', '[1,4,0]', whole('model.input[2]', 1, '0')],
    ['model.layers', '{}', 'expected model.layers to be a list, got {}'],
    [
      'model.layers',
      '[{"kind":5}]',
      'expected model.layers[0].kind to be text of at most 10000 characters, got 5',
    ],
    [
      'model.layers',
      '[{"kind":"dense","units":2}]',
      'expected a model that can be made, got "dense1: expected input [inputs], got 1×4×4; put flatten() before dense()"',
    ],
    [
      'model.layers',
      '[{"kind":"flatten"},{"kind":"dense","units":"2"}]',
      'expected a model that can be made, got "model.layers[1].units: expected a number, got "2""',
    ],
    [
      'model.layers',
      '[{"kind":"flatten"},{"kind":"dense","units":1e9}]',
      'expected a model that can be made, got "model: expected at most 4 GiB for its parameters, their gradients and four samples, got 142 GiB, of which 142 GiB in dense1; take fewer filters or units, or a smaller input"',
    ],
    [
      'model.layers',
      '[{"kind":"residual","layers":[{"kind":"residual","layers":[{"kind":"relu"}]}]}]',
      `expected a model that can be made, got "model.layers[0].layers[0].kind: expected one of ${Object.keys(innerKinds).join(', ')}, got "residual""`,
    ],
    [
      'model.layers',
      '[{"kind":"residual","layers":[{"kind":"dense","units":"2"}]}]',
      'expected a model that can be made, got "model.layers[0].layers[0].units: expected a number, got "2""',
    ],
    ['model.parameters', '-1', whole('model.parameters', 0, '-1')],
    ['configuration.epochs', '0', whole('configuration.epochs', 1, '0')],
    ['configuration.batchSize', '1.5', whole('configuration.batchSize', 1, '1.5')],
    ['configuration.shardSize', '"8"', whole('configuration.shardSize', 1, '"8"')],
    ['configuration.seed', '1e300', whole('configuration.seed', 0, '1e+300')],
    ['configuration.limit', 'false', whole('configuration.limit', 1, 'false')],
    ['configuration.validation', '', whole('configuration.validation', 0, 'nothing')],
    [
      'configuration.learningRate',
      '1e999',
      'expected configuration.learningRate to be a number of at least 0, got Infinity',
    ],
    [
      'configuration.schedule',
      '"step"',
      'expected configuration.schedule to be an object, got "step"',
    ],
    [
      'configuration.optimizer',
      '{"name":"adam","beta1":{"a":1}}',
      'expected configuration.optimizer.beta1 to be a setting or a list, got {"a":1}',
    ],
    [
      'configuration.clipNorm',
      '{"a":1}',
      'expected configuration.clipNorm to be a number of at least 0, got {"a":1}',
    ],
    [
      'configuration.lossSettings',
      '{"delta":"1"}',
      'expected configuration.lossSettings.delta to be a number, got "1"',
    ],
    [
      'configuration.newer',
      '{"a":{"b":{}}}',
      'expected configuration.newer to be a setting or an object of settings, got {"a":{"b":{}}}',
    ],
    ['data.sampleShape', '[4,4]', list('data.sampleShape', '3 to 3', '[4,4]')],
    [
      'data.sampleShape',
      '[1,4,5]',
      'expected model.input to have the values of data.sampleShape [1,4,5], got [1,4,4]',
    ],
    ['data.classNames', '[]', list('data.classNames', '1 to 32768', '[]')],
    [
      'data.classNames',
      JSON.stringify(new Array(32_769).fill('')),
      list('data.classNames', '1 to 32768', `[${'"",'.repeat(18)}""…`),
    ],
    ['data.classWeights', '[1]', 'expected data.classWeights to have 2 items, got 1'],
    [
      'data.classWeights',
      '[1,-1]',
      'expected data.classWeights[1] to be a number of at least 0, got -1',
    ],
    [
      'configuration.standardize',
      'true',
      'expected data.standardization of a standardized run, got nothing',
    ],
    [
      'data.standardization',
      '{"means":[0,0],"deviations":[1]}',
      'expected data.standardization.means to have 1 items, got 2',
    ],
    [
      'data.standardization',
      '{"means":[0],"deviations":[0]}',
      'expected data.standardization.deviations[0] to be a number above 0, got 0',
    ],
    [
      'data.sha256',
      '{"a\\u001b\\u202e":1}',
      'expected data.sha256["a\\u001b\\u{202e}"] to be text of at most 10000 characters, got 1',
    ],
    [
      'data.pictures',
      '{"fit":"half","orientation":"upright","ground":null}',
      'expected data.pictures.fit to be "digit" or "whole" or "cover" or "contain" or "stretch", got "half"',
    ],
    [
      'data.pictures',
      '{"fit":"whole","orientation":"upright","ground":{"grey":256,"ink":"dark","inkSide":3}}',
      'expected data.pictures.ground.grey to be a whole number from 0 to 255, got 256',
    ],
    ['versions', '["20"]', 'expected versions to be an object, got ["20"]'],
    ['project', '"main"', 'expected project to be an object, got "main"'],
    [
      'project',
      '{"commit":"main","changed":false}',
      'expected project.commit to be a commit of 40 or 64 hexadecimal digits, got "main"',
    ],
    [
      'project',
      `{"commit":"${'0'.repeat(40)}","changed":1}`,
      'expected project.changed to be true or false, got 1',
    ],
    ['host.workers', 'null', whole('host.workers', 0, 'null')],
    ['result', '', 'expected the result of a complete run, got nothing'],
    [
      'result.testAccuracy',
      '1.01',
      'expected result.testAccuracy to be a fraction from 0 to 1, got 1.01',
    ],
    ['result.testCorrect', '5', 'expected result.testCorrect to be at most 4, got 5'],
    [
      'result.modelSha256',
      '"00"',
      'expected result.modelSha256 to be a SHA-256 of 64 hexadecimal digits, got "00"',
    ],
  ])('refuses %s: %.40s', (path, json, message) => {
    expect(() => parseRunRecord(replaced(path, json), 'run.json')).toThrow(
      new RunDirectoryError(`run.json: ${message}; ${advice}`),
    );
  });

  test('refuses more than four megabytes before it parses', () => {
    expect(() => parseRunRecord('['.repeat(2 ** 22 + 1), 'run.json')).toThrow(
      new RunDirectoryError(
        `run.json: expected at most 4194304 characters, got 4194305; ${advice}`,
      ),
    );
  });
});
