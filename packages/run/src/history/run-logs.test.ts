import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryDirectory } from '../testing/folders.ts';
import { createRunReader } from '../read-run.ts';

const root = temporaryDirectory();

function begun(name: string) {
  const directory = writeSyntheticRun(join(root, name), { status: 'running', steps: 50 });
  const metrics = join(directory, 'metrics.ndjson');
  return { metrics, whole: readFileSync(metrics, 'utf8'), reader: createRunReader(directory) };
}

const step = (number: number) => ({
  event: 'step',
  step: number,
  epoch: 2,
  samples: 100,
  loss: 0.5,
  correct: 90,
  learningRate: 0.001,
  gradientNorm: 1,
});
const line = (number: number) => `${JSON.stringify(step(number))}\n`;

describe('a run that is read as it grows', () => {
  test('has what was appended, and a line once it is whole', () => {
    const { metrics, reader } = begun('growing');
    expect(reader.read().steps.length).toBe(50);
    appendFileSync(metrics, line(51).slice(0, 40));
    expect(reader.read().steps.length).toBe(50);
    appendFileSync(metrics, line(51).slice(40) + line(52));
    expect(reader.read().steps.slice(-2)).toEqual([step(51), step(52)]);
    expect(reader.read().stepCount).toBe(52);
  });

  test('is read anew where its log was cut back, even to go on as far', () => {
    const { metrics, whole, reader } = begun('cut back');
    const lastLine = whole.trimEnd().lastIndexOf('\n') + 1;
    expect(reader.read().stepCount).toBe(50);
    truncateSync(metrics, lastLine);
    expect(reader.read().stepCount).toBe(49);
    appendFileSync(metrics, line(60) + line(61));
    expect(
      reader
        .read()
        .steps.map((one) => one.step)
        .slice(-3),
    ).toEqual([49, 60, 61]);
    writeFileSync(metrics, whole.slice(0, lastLine) + line(70) + line(71) + line(72));
    expect(
      reader
        .read()
        .steps.map((one) => one.step)
        .slice(-3),
    ).toEqual([70, 71, 72]);
    rmSync(metrics);
    expect(reader.read().steps).toEqual([]);
  });

  test('is read anew after a line that is no event', () => {
    const { metrics, whole, reader } = begun('damaged');
    appendFileSync(metrics, 'x\n');
    expect(() => reader.read()).toThrow('metrics.ndjson:56: expected JSON, got "x"');
    writeFileSync(metrics, whole + line(51));
    expect(reader.read().stepCount).toBe(51);
  });
});
