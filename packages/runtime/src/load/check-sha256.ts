import { ModelFileError } from '../model-file-error.ts';
import type { SourceFile } from './source.ts';

/**
 * Compares the SHA-256 of the weights with the one that the model's description has.
 *
 * @returns False where nothing was compared: the description has none, or the page is not in a secure context (neither
 * https, localhost nor a file), in which browsers have no `crypto.subtle`.
 * @throws ModelFileError where they differ.
 */
export async function checkSha256(
  { where, bytes }: SourceFile,
  expected: string | undefined,
): Promise<boolean> {
  // The types of browsers say that there always is one.
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  if (expected === undefined || subtle === undefined) return false;
  const digest = new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(bytes)));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found === expected) return true;
  throw new ModelFileError(
    `${where}: expected SHA-256 ${expected} as the model's description says, got ${found}; ` +
      'give the weights that belong to it',
  );
}
