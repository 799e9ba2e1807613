import { assertClose } from '@convbook/core/testing';
import { formatNumber } from '@convbook/page/text';
import { describe, expect, test } from 'vitest';
import { bookCompute, viewText } from '../../testing/index.ts';
import { downhillLesson } from './index.ts';
import { judgeAll } from './judge-all.ts';
import { judges, losses } from './loss-figure.ts';
import { race, runners, type RunnerName } from './race.ts';
import { training } from './training-figure.ts';
import { stepCount, wholeCurves } from './training.ts';
import { valley, type ValleyState } from './valley-figure.ts';

const compute = await bookCompute(downhillLesson);
const named = (name: RunnerName) => {
  const found = runners.find((runner) => runner.name === name);
  if (!found) throw new Error(`expected a runner ${name}`);
  return found;
};
const first = { start: [-7, 2], steps: 30, factor: 1, momentum: 0.9 } as const;

describe('the valley', () => {
  test('SGD multiplies y by 1 − 2η and x by 1 − η/10 in each step', () => {
    const places = race(compute, named('sgd'), first).map(({ at }) => at);
    const wanted = places.map((_, k) => [-7 * 0.905 ** k, 2 * (-0.9) ** k]);
    assertClose(places.flat(), wanted.flat(), { rtol: 1e-4, atol: 1e-6 }, 'places');
  });

  test('without momentum, momentum and Nesterov are SGD', () => {
    const still = { ...first, momentum: 0 };
    const plain = race(compute, { ...named('sgd'), rate: 0.1 }, still).map(({ at }) => at);
    for (const name of ['momentum', 'nesterov'] as const) {
      expect(race(compute, named(name), still).map(({ at }) => at)).toEqual(plain);
    }
  });

  test('Adam first goes its rate in each direction', () => {
    const [, { at }] = race(compute, named('adam'), first);
    assertClose(at, [-6.7, 1.7], { rtol: 1e-5, atol: 0 }, 'place');
  });

  test.each([
    [0, 'After 30 steps AdaGrad stands lowest, at the height 0.000722. Where'],
    [0.25, 'Higher than at the start: SGD. Where'],
    [
      3,
      'Higher than at the start: SGD (stopped after step 4, far outside the picture), Nesterov (stopped after step',
    ],
  ])('at rates × 2 to the power %d: %s', (power, text) => {
    expect(viewText(valley, { ...valley.start, power }, compute)).toContain(text);
  });

  test('one optimizer alone has its last step in numbers', () => {
    const text = viewText(valley, { ...valley.start, shown: 'momentum', steps: 1 }, compute);
    expect(text).toContain('Step 1 in numbers:');
    expect(text).toContain('v ← 0.9 × 0 + (−0.7) = −0.7; p ← (−7) − 0.1 × (−0.7) = −6.93');
    expect(text).toContain('v ← 0.9 × 0 + 4 = 4; p ← 2 − 0.1 × 4 = 1.6');
  });

  test.each([
    [1, 'SGD was stopped after step 10: it has left the picture, at the height 3.51e9. SGD'],
    [3, 'SGD was stopped after step 4: it has left the picture,'],
  ])('SGD that leaves at rates × 2 to the power %d is not said to make 60 steps', (power, text) => {
    const gone: ValleyState = { ...valley.start, steps: 60, power };
    const alone = viewText(valley, { ...gone, shown: 'sgd' }, compute);
    expect(alone).toContain(text);
    expect(alone).not.toContain('After 60 steps');
    expect(viewText(valley, gone, compute)).toMatch(/SGD [\d.]+ \d+, stopped/);
  });

  const extremes: readonly ValleyState[] = [
    { ...valley.start, start: [10, 4], steps: 60, power: 3, momentum: 0.99 },
    { ...valley.start, start: [0, 0], steps: 60, power: -4, momentum: 0 },
    { ...valley.start, start: [-10, 0], steps: 1, power: 3, momentum: 0 },
  ];
  test.each(extremes)('$start, $steps steps, power $power: every number is one', (state) => {
    for (const shown of ['all', ...runners.map(({ name }) => name)] as const) {
      expect(viewText(valley, { ...state, shown }, compute)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('arrow keys move the start by a place of the grid', () => {
    const place = { part: 'start', by: 'arrow' } as const;
    const moved = valley.choose?.(valley.start, { ...place, row: 0, column: 40 });
    expect(moved?.start).toEqual([10, 4]);
  });

  test('slows AdaGrad down as the words say', () => {
    const slow = { ...first, factor: 0.25, steps: 60 };
    const places = race(compute, named('adagrad'), slow).map(({ at }) => formatNumber(at[0]));
    expect([places[0], places[15], places[60]]).toEqual(['−7', '−4.77', '−2.64']);
  });
});

describe('the small network', () => {
  const lastOf = (factor: number, name: RunnerName) => {
    const curve = wholeCurves(compute, factor).find((one) => one.name === name);
    if (!curve) throw new Error(`expected a curve of ${name}`);
    return curve.losses[stepCount - 1];
  };

  test('the printed figure has every optimizer, trained', () => {
    const text = viewText(training, training.start, compute);
    expect(text).toMatch(/After 60 steps \w+ has the lowest loss, 0\.0/);
    for (const { title } of runners) expect(text).toContain(title.en);
  });

  test('rates ten times higher stop momentum, and not Adam; a hundred times lower ones nearly all', () => {
    for (const name of ['momentum', 'nesterov'] as const) {
      expect(lastOf(1, name)).toBeLessThan(0.1);
      expect(lastOf(10, name)).toBeGreaterThan(2.2);
    }
    expect(lastOf(10, 'adam')).toBeLessThan(0.1);
    for (const { name } of runners) expect(lastOf(0.01, name)).toBeGreaterThan(2);
  });

  test('before training, the figure says so', () => {
    const [, train] = training.controls;
    if (train.kind !== 'button') throw new Error('expected a button');
    expect(viewText(training, train.act(training.start), compute)).toContain(
      'Nothing is trained yet.',
    );
  });
});

describe('losses on one mistake', () => {
  const [entropy, binary, absolute, squared] = judges.map((one) =>
    judgeAll(compute, one, [0.02, 0.5, 0.999]),
  );

  test('cross-entropy is −ln p, and pulls with p − 1', () => {
    const values = entropy.map(({ value }) => value);
    assertClose(values, [3.912023, 0.693147, 0.0010005], { rtol: 1e-4, atol: 0 }, 'values');
    const pulls = entropy.map(({ pull }) => pull);
    assertClose(pulls, [-0.98, -0.5, -0.001], { rtol: 1e-3, atol: 0 }, 'pulls');
  });

  test('binary cross-entropy of one output is the same', () => {
    for (const part of ['value', 'pull'] as const) {
      const [one, two] = [binary, entropy].map((all) => all.map((judgement) => judgement[part]));
      assertClose(one, two, { rtol: 1e-4, atol: 1e-7 }, part);
    }
  });

  test('L1 and L2 pull least where the network is wrong and sure', () => {
    expect(Math.abs(absolute[0].pull)).toBeLessThan(Math.abs(absolute[1].pull) / 10);
    expect(Math.abs(squared[0].pull)).toBeLessThan(Math.abs(squared[1].pull) / 6);
  });

  test('a sample is judged alike alone and among others', () => {
    for (const one of judges) {
      const [alone] = judgeAll(compute, one, [0.02]);
      expect(judgeAll(compute, one, [0.5, 0.02])[1]).toEqual(alone);
    }
  });

  test('the view names the pull at each end of the slider', () => {
    expect(viewText(losses, losses.start, compute)).toContain('with −0.98, L2 with −0.0384');
    for (const share of [1, 999]) {
      expect(viewText(losses, { share }, compute)).not.toMatch(/NaN|Infinity/);
    }
  });
});
