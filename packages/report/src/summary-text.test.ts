import { simpleConvnet } from '@convbook/layers';
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
