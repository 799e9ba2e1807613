import { presets } from '@convbook/layers';
import { expect, test } from 'vitest';
import { exportedModel } from '../testing/index.ts';
import { webFormat } from './web-format.ts';

const options = { withPreprocessing: false, output: 'logits' } as const;

/** AlexNet has 240 MB of weights; the others have the most and the fewest. */
const names = Object.keys(presets).filter((name) => name !== 'alexnet');

test.each(names)('the page of %s is no larger than its weights and 100 KB', async (name) => {
  const exported = exportedModel(presets[name]);
  const [{ path, bytes }] = await webFormat.files(exported, options);
  expect(path).toBe('');
  expect(bytes.length - exported.weightsFile().length).toBeLessThanOrEqual(100_000);
});

test('the same model has the same page', async () => {
  const exported = exportedModel(presets['tf-tutorial']);
  const [[first], [second]] = await Promise.all(
    [1, 2].map(() => webFormat.files(exported, options)),
  );
  expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
});

test.each([
  [
    { input: [2, 8, 8], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 2 }] } as const,
    'export: expected a model of grey or colour pictures for a page, got input [2, 8, 8]; choose another format',
  ],
])('a model that no picture fits is refused', async (spec, message) => {
  await expect(webFormat.files(exportedModel(spec), options)).rejects.toThrow(
    expect.objectContaining({ name: 'ConfigurationError', message }),
  );
});

test('class names stay text', async () => {
  const classNames = [
    '</template><img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    'a\u0000b\u001b\u202e',
    '\ud800 alone',
    '&lt;b&gt;',
  ];
  const layers = [{ kind: 'flatten' }, { kind: 'dense', units: 5 }] as const;
  const exported = exportedModel({ input: [1, 8, 8], layers }, { classNames });
  const [{ bytes }] = await webFormat.files(exported, options);
  const page = Buffer.from(bytes).toString();
  expect(/<img|<script>alert/.test(page)).toBe(false);
  const [, described = ''] = /<template id="model">(.*?)<\/template>/s.exec(page) ?? [];
  const entities = { '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  const json = described.replaceAll(
    /&[^;]+;/g,
    (entity) => new Map(Object.entries(entities)).get(entity) ?? '',
  );
  expect(JSON.parse(json)).toMatchObject({ classNames });
});
