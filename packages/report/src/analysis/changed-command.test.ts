import { expect, test } from 'vitest';
import { changedCommand, type CommandChange } from './changed-command.ts';

const cases: [string, string, CommandChange, string | null][] = [
  [
    'an option is replaced',
    'train --epochs 8 --seed 1',
    { set: { epochs: '16' } },
    'train --seed 1 --epochs 16',
  ],
  [
    'an option is added',
    'train --seed 1',
    { set: { augment: 'shift=2' } },
    'train --seed 1 --augment shift=2',
  ],
  [
    'an option with =',
    'train --epochs=8 --seed 1',
    { set: { epochs: '16' } },
    'train --seed 1 --epochs 16',
  ],
  [
    'an option is left out',
    'train --limit 100 --seed 1',
    { set: {}, drop: ['limit'] },
    'train --seed 1',
  ],
  [
    'the folder of the run is not taken again',
    "train --out 'my run' --data d",
    { set: { epochs: '2' } },
    'train --data d --epochs 2',
  ],
  [
    'quoted words stay as they are',
    "train --data 'a --epochs 3' --model 'it'\\''s.ts' --epochs 8",
    { set: { epochs: '16' } },
    "train --data 'a --epochs 3' --model 'it'\\''s.ts' --epochs 16",
  ],
  [
    'a flag before another option',
    'train --stream --seed 1',
    { set: {}, drop: ['stream'] },
    'train --seed 1',
  ],
  ['a value that needs quotes', 'train', { set: { data: 'a b' } }, "train --data 'a b'"],
  [
    'a model that a program passed',
    "train --model '<model of a program>'",
    { set: { epochs: '2' } },
    null,
  ],
];

test.each(cases)('%s', (_, command, change, expected) => {
  expect(changedCommand(command, change)).toBe(expected);
});
