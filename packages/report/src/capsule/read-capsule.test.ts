import { ConfigurationError, RunDirectoryError } from '@convbook/core';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { renderNotebook } from '../pages/notebook.ts';
import { readCapsule } from './read-capsule.ts';

// Texts that HTML, a browser that saves a page, JSON and a script would each write in another way.
const hostile = [
  '</template><script>alert(1)</script>',
  '&lt; & &amp;',
  '"\\\u00a0\u2028\ud800',
  ' id="run-record"',
];
const run = readRun(
  writeSyntheticRun(`${temporaryDirectory()}/run`, { classNames: hostile, testSamples: 20 }),
);
const notebook = await renderNotebook(run);

test('a notebook carries the record of its run, twice', () => {
  const { record, offered } = readCapsule(notebook, 'page.html');
  expect(record).toEqual(JSON.parse(run.recordText));
  expect(record.data.classNames).toEqual(hostile);
  expect(offered).toEqual(record);
});

test('its text has nothing that a browser would write as an entity, and ends once', () => {
  const [, json = ''] = /<template id="run-record">(.*?)<\/template>/s.exec(notebook) ?? [];
  expect(json).not.toMatch(/[<>&\u00a0]/);
  expect(JSON.parse(json)).toEqual(JSON.parse(run.recordText));
});

describe('refused', () => {
  const refusals: [
    name: string,
    text: string,
    kind: new (message: string) => Error,
    message: string,
  ][] = [
    ['nothing', '', ConfigurationError, 'got a file that is no page; name the index.html of a run'],
    [
      'cut in the record',
      notebook.slice(0, notebook.indexOf('"configuration"')),
      RunDirectoryError,
      'before </html>; copy it again, or make it again with pnpm report RUN',
    ],
    [
      'cut after the record',
      notebook.slice(0, notebook.lastIndexOf('</html>')),
      RunDirectoryError,
      'before </html>; copy it again, or make it again with pnpm report RUN',
    ],
    [
      'a record that is no JSON',
      notebook.replace('"status":', '"status"'),
      RunDirectoryError,
      'train again, or restore the run directory from a copy',
    ],
    [
      'an attribute that belongs to no template',
      `<!doctype html><p id="run-record">{}</p></html>`,
      ConfigurationError,
      'got another page, or the beginning of one; name the index.html of a run',
    ],
  ];

  test.each(refusals)('%s', (_, text, kind, message) => {
    const read = () => readCapsule(text, 'page.html');
    expect(read).toThrow(kind);
    expect(read).toThrow(message);
    expect(read).toThrow(/^page\.html: /);
  });
});
