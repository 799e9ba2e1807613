/// <reference lib="dom" />
import { find, unzip } from '@convbook/page/browser';

/** The data of the page by name. */
export async function readData(names: readonly string[]): Promise<Map<string, Uint8Array>> {
  const entries = names.map(async (name) => [name, await readTemplate(`data-${name}`)] as const);
  return new Map(await Promise.all(entries));
}

/** The bytes that a template has, gzipped and as base64. */
export function readTemplate(id: string): Promise<Uint8Array<ArrayBuffer>> {
  return unzip(find<HTMLTemplateElement>(`#${id}`).content.textContent);
}
