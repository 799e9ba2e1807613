/// <reference lib="dom" />
import { find } from '@convbook/page/browser';
import { fromBase64 } from '@convbook/page/text';

/** The data of the page by name. */
export async function readData(names: readonly string[]): Promise<Map<string, Uint8Array>> {
  const entries = names.map(async (name) => [name, await unzip(`#data-${name}`)] as const);
  return new Map(await Promise.all(entries));
}

/** The bytes that a template has, gzipped and as base64. */
export async function unzip(template: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = find<HTMLTemplateElement>(template).content.textContent;
  const stream = new Blob([fromBase64(text)]).stream();
  const unzipped = new Response(stream.pipeThrough(new DecompressionStream('gzip')));
  return new Uint8Array(await unzipped.arrayBuffer());
}
