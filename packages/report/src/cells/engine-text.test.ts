import { foreignWords } from '@convbook/page/testing';
import type { RecordedEngine, TimingEvent } from '@convbook/run';
import { expect, test } from 'vitest';
import { engineTexts } from './engine-text.ts';

const start = (engine?: Partial<RecordedEngine>): TimingEvent => ({
  event: 'start',
  schema: 1,
  at: '2026-11-22T10:00:00Z',
  workers: 2,
  step: 0,
  ...(engine && { engine: { ...usual, ...engine } }),
});
const usual = { node: '24.21.0', v8: '13.6.233.17', startedBy: null, whyNarrow: null };

test('each engine of a run once, in both languages', () => {
  const started = { startedBy: '20.20.2' };
  expect(engineTexts([start(started), start({}), start(started), start()])).toEqual([
    {
      en: 'wide (256 bits), Node 24.21.0, started by Node 20.20.2',
      ko: '넓음(256비트), Node 24.21.0(Node 20.20.2에서 시작)',
    },
    { en: 'wide (256 bits), Node 24.21.0', ko: '넓음(256비트), Node 24.21.0' },
  ]);
});

test('runs of earlier versions say nothing of it', () => {
  expect(engineTexts([start()])).toEqual([]);
});

test.each([
  'CONVBOOK_WIDE is off',
  'the processor is not known to have AVX2',
  'V8 11.3 does not widen kernels',
  'the wide kernels did not compute the known bits',
])('the reason “%s” is Korean, too', (whyNarrow) => {
  const [{ en, ko }] = engineTexts([start({ whyNarrow })]);
  expect(en).toBe(`128 bits: ${whyNarrow}, Node 24.21.0`);
  expect(foreignWords(ko.replace(/CONVBOOK_WIDE가 off|AVX2/, ''))).toEqual([]);
});
