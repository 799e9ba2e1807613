import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { entriesOf, publicNames } from './public-names.ts';

const root = path.join(import.meta.dirname, '..');
const names = publicNames(entriesOf(root));

describe.each([...names])('%s', (entry, exported) => {
  // The file is reviewed: a name that others may import is a decision. `vitest -u` writes it anew.
  it('exports the reviewed names', async () => {
    const list = exported.map(({ name }) => `${name}\n`).join('');
    const file = `${entry.replace('@convbook/', '').replaceAll('/', '-')}.txt`;
    await expect(list).toMatchFileSnapshot(path.join(root, 'test', 'public-names', file));
  });

  it('documents each of them', () => {
    expect(exported.filter(({ isDocumented }) => !isDocumented)).toEqual([]);
  });
});
