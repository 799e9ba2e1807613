import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { toInjectedFaults } from './injected-faults.ts';

describe('toInjectedFaults', () => {
  test('reads what a worker does, and what becomes of a checkpoint', () => {
    const texts = [
      'crash@step:1,worker:0',
      'hang@step:20,worker:1,phase:update',
      'sleep@step:3,worker:0',
      'ENOSPC@checkpoint:2',
      'EACCES@checkpoint:1',
      'SIGKILL@checkpoint:3,call:7',
    ];
    expect(toInjectedFaults(texts, 2)).toEqual({
      workers: [
        { kind: 'crash', step: 1, worker: 0, phase: 'forward and backward' },
        { kind: 'hang', step: 20, worker: 1, phase: 'update' },
        { kind: 'sleep', step: 3, worker: 0, phase: 'forward and backward' },
      ],
      checkpoints: [
        { kind: 'ENOSPC', checkpoint: 2, call: 2 },
        { kind: 'EACCES', checkpoint: 1, call: 1 },
        { kind: 'SIGKILL', checkpoint: 3, call: 7 },
      ],
    });
  });

  test('gives each rank its own, and rank 0 those that name none', () => {
    const texts = ['crash@step:1,worker:0', 'SIGKILL@step:3,worker:1,phase:update,rank:2'];
    const stepsOf = (rank: number) =>
      toInjectedFaults(texts, 2, rank).workers.map(({ kind, step }) => `${kind} ${step}`);
    expect([0, 1, 2].map(stepsOf)).toEqual([['crash 1'], [], ['SIGKILL 3']]);
  });

  test.each([
    'crash@step:0,worker:0',
    'crash@step:1,worker:0,rank:x',
    'crash@step:1',
    'crash@step:1,worker:0,phase:toString',
    'boom@step:1,worker:0',
    'ENOSPC@step:1,worker:0',
    'SIGKILL@checkpoint:1',
    'ENOSPC@checkpoint:1,call:2',
    'SIGKILL@checkpoint:1,call:8',
    '',
  ])('refuses %j', (text) => {
    expect(() => toInjectedFaults([text], 2)).toThrow(
      new ConfigurationError(
        '--inject-fault: expected crash, exit, hang, allocation, sleep, SIGKILL or ' +
          'SIGSTOP@step:N,worker:W[,phase:P][,rank:R] with P forward, sum, update or evaluation, ' +
          'ENOSPC or EACCES@checkpoint:K, or SIGKILL@checkpoint:K,call:J with J from 1 to 7, ' +
          `got ${JSON.stringify(text)}`,
      ),
    );
  });

  test.each([0, 2])('refuses a worker there is not, of %i', (workers) => {
    expect(() => toInjectedFaults(['exit@step:1,worker:2'], workers)).toThrow(
      new ConfigurationError(
        `--inject-fault: expected a worker below ${workers}, the --workers there are, ` +
          'got "exit@step:1,worker:2"',
      ),
    );
  });
});
