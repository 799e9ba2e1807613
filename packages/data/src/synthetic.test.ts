import { expect, test } from 'vitest';
import { synthetic } from './synthetic.ts';

test('classes have different names, however many there are', () => {
  for (const classes of [1, 2, 10, 255, 737, 999, 1000, 1001, 5000]) {
    const { classNames } = synthetic({
      sampleShape: [1, 4, 4],
      classes,
      trainSamples: 1,
      testSamples: 1,
    });
    expect(new Set(classNames).size).toBe(classes);
  }
});
