// Where a model's files come from.
import { showValue } from '@convbook/core/checks';
import { ModelFileError } from '../model-file-error.ts';

/** The bytes of a file, the text of a JSON one, or the URL from which they are fetched; in a page also relative to it. */
export type FileSource = ArrayBuffer | Uint8Array | URL | string;

/** A file of a model, and how messages name it. */
export interface SourceFile {
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** Whether a value can be read as a file. */
export function isSource(value: unknown): value is FileSource {
  return (
    typeof value === 'string' ||
    value instanceof URL ||
    value instanceof Uint8Array ||
    value instanceof ArrayBuffer
  );
}

/**
 * Reads a file of a model.
 *
 * @param what The option that has it, such as `weights`.
 * @throws ModelFileError when it cannot be fetched, or a web page came in its place.
 */
export async function readSource(what: string, source: FileSource): Promise<SourceFile> {
  if (source instanceof Uint8Array) return { where: what, bytes: source };
  if (source instanceof ArrayBuffer) return { where: what, bytes: new Uint8Array(source) };
  if (typeof source === 'string' && source.trimStart().startsWith('{')) {
    return { where: what, bytes: new TextEncoder().encode(source) };
  }
  const where = String(source);
  const bytes = await fetchBytes(what, where);
  if (!isWebPage(bytes)) return { where, bytes };
  throw new ModelFileError(
    `${where}: expected the model's ${what}, got a web page; ` +
      'servers answer so where there is no such file: check the address',
  );
}

async function fetchBytes(what: string, where: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(where);
  } catch (cause) {
    throw new ModelFileError(
      `${where}: expected the model's ${what}, got nothing (${reasonOf(cause)}); check the address, ` +
        'or read the file and give its bytes: only http and https can be fetched',
      { cause },
    );
  }
  if (!response.ok) {
    throw new ModelFileError(
      `${where}: expected the model's ${what}, got HTTP ${response.status}; check the address`,
    );
  }
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new ModelFileError(
      `${where}: expected the model's ${what}, got only a part of it (${reasonOf(cause)}); fetch it again`,
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? showValue(cause.message).replace(/^"|"$/g, '') : 'no answer';
}

function isWebPage(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  return /^[\s\ufeff]*<(!doctype|!--|html|head|body|\?xml)/i.test(start);
}
