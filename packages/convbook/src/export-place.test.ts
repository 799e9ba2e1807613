import path from 'node:path';
import { expect, test } from 'vitest';
import { typedIn } from './command.ts';
import { exportPlace } from './export-place.ts';

const usual = { usualName: 'usual' };

test.each([
  ['models/', [''], 'models/usual'],
  ['models', [''], 'models'],
  ['models/m.onnx', [''], 'models/m.onnx'],
  ['models/', ['a.txt', 'b/c.txt'], 'models'],
])('--out %s for files at %j is %s', (out, paths, place) => {
  const files = paths.map((inside) => ({ path: inside }));
  expect(exportPlace(out, files, usual)).toBe(path.join(typedIn, place));
});
