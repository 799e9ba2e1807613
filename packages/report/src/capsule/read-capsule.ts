// Reads the record of a run from the text of its notebook: nothing in it is run.
import { ConfigurationError, RunDirectoryError } from '@convbook/core';
import { typedCommand } from '@convbook/core/checks';
import { parseRunRecord, type RunRecord } from '@convbook/run';
import { capsuleId } from './capsule-element.ts';

/** The record of a run as its notebook carries it. */
export interface Capsule {
  readonly record: RunRecord;
  /** The run.json that the page offers for download, which says the same; null where that is too large for the page. */
  readonly offered: unknown;
}

/**
 * Reads the record from the text of a notebook, also of one that a browser saved.
 *
 * @param where Its path, with which messages begin.
 * @throws ConfigurationError when it is another page, or a notebook of an earlier version.
 * @throws RunDirectoryError when it is cut off or damaged.
 */
export function readCapsule(text: string, where: string): Capsule {
  const content = elementText(text, '<template', ` id="${capsuleId}"`, '</template');
  if (content === null || !text.includes('</html>')) return refuse(text, where);
  return { record: parseRunRecord(content, where), offered: readOffered(text) };
}

/** Text inside the first element that begins with `tag` and has an attribute; null where there is none, or no end. */
function elementText(text: string, tag: string, attribute: string, end: string): string | null {
  const at = text.indexOf(attribute);
  if (at < 0 || !text.startsWith(tag, text.lastIndexOf('<', at))) return null;
  const begin = text.indexOf('>', at) + 1;
  const stop = text.indexOf(end, begin);
  return begin === 0 || stop < 0 ? null : text.slice(begin, stop);
}

function readOffered(text: string): unknown {
  const at = text.indexOf(' download="run.json"');
  const link = at < 0 ? '' : text.slice(text.lastIndexOf('<a ', at), at);
  const [, base64] = /^<a href="data:application\/json;base64,([\w+/=]*)"/.exec(link) ?? [];
  if (base64 === undefined) return null;
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    return null;
  }
}

function refuse(text: string, where: string): never {
  const isOurs = text.includes('>Convbook');
  if (isOurs && !text.includes('</html>')) {
    throw new RunDirectoryError(
      `${where}: expected a whole notebook, got one that ends after ${text.length} characters, before </html>; ` +
        `copy it again, or make it again with ${typedCommand('report')} RUN`,
    );
  }
  throw new ConfigurationError(
    `${where}: expected the notebook of a run, got ${kindOf(text, isOurs)}`,
  );
}

function kindOf(text: string, isOurs: boolean): string {
  if (text.includes(' download="run.json"')) {
    return `one of an earlier version, which does not carry its run; make it again with ${typedCommand('report')} RUN`;
  }
  if (text.includes('>Convbook · comparison<')) {
    return 'a comparison of runs; name the notebook of one of them';
  }
  if (isOurs) return 'another page of Convbook; name the notebook of a run';
  const isPage = /^\s*<(!doctype html|html|!--)/i.test(text.slice(0, 1000).replace(/^\ufeff/, ''));
  const what = isPage ? 'another page, or the beginning of one' : 'a file that is no page';
  return `${what}; name the index.html of a run`;
}
