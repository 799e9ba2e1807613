import { conv2d, presets, relu, residual, simpleConvnet } from '@convbook/layers';
import { expect, test } from 'vitest';
import { summaryText } from './summary-text.ts';

test('the layer table of SimpleConvNet', () => {
  expect(summaryText(simpleConvnet, { channelsLast: true }).split('\n').slice(0, 9)).toEqual([
    'simple-convnet, input 28×28×1, 5 layers',
    '',
    'layer     input     filter     stride  padding  activation  output    parameters  without bias  multiply-adds  output bytes  sees',
    'conv1     28×28×1   30 of 5×5       1        0  relu        24×24×30         780           750        432,000        69,120  5×5',
    'pool1     24×24×30  2×2             2        0  -           12×12×30           0             0              0        17,280  6×6',
    'flatten1  12×12×30  -               -        -  -           4320               0             0              0        17,280  all',
    'dense1    4320      100 units       -        -  relu        100          432,100       432,000        432,000           400  all',
    'dense2    100       10 units        -        -  -           10             1,010         1,000          1,000            40  all',
    'total                                                                    433,890       433,750        865,000       104,120',
  ]);
});

test('a dilated filter sees what lies between its taps too', () => {
  const layers = [
    conv2d({ filters: 2, kernelSize: 3, dilation: 3 }),
    conv2d({ filters: 2, kernelSize: 2 }),
  ];
  const lines = summaryText({ input: [1, 28, 28], layers }).split('\n');
  expect(lines.slice(3, 5).map((line) => line.split(/ +/).at(-1))).toEqual(['7×7', '8×8']);
});

test('marks the layers where rows or columns are left over, and says how many', () => {
  const lines = summaryText(presets['tf-tutorial']).split('\n');
  expect(lines.filter((line) => line.includes(' * '))).toEqual([
    'pool2     64×11×11  2×2             2        0  -           64×5×5 *           0             0              0         6,400  10×10',
  ]);
  expect(lines).toContain(
    '* rounded down: no window of pool2 reaches the last row and column of its input',
  );
  const cut = {
    input: [1, 4, 7] as const,
    layers: [conv2d({ filters: 1, kernelSize: 2, stride: [2, 3] })],
  };
  expect(summaryText(cut)).toContain('no window of conv1 reaches the last 2 columns of its input');
});

test('the layers of a block are indented under it', () => {
  const conv = conv2d({ filters: 2, kernelSize: 3, padding: 1 });
  const model = { input: [2, 6, 6], layers: [residual({ layers: [conv, relu(), conv] }), relu()] };
  const lines = summaryText(model).split('\n');
  expect(lines[0]).toBe('model, input 2×6×6, 1 layer');
  expect(lines.slice(3, 7).map((line) => line.slice(0, 25))).toEqual([
    'residual1          2×6×6 ',
    '  residual1.conv1  2×6×6 ',
    '  residual1.conv2  2×6×6 ',
    'total                    ',
  ]);
  expect(lines).toContain('activations  864 B a sample');
});
