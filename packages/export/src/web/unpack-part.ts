/// <reference lib="dom" />
import { find } from '@convbook/page/browser';
import { fromPlanes } from './planes.ts';
import { fromSevenBits } from './seven-bits.ts';

/** The bytes of a part that `packPart` put into this page. */
export async function unpackPart(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const part = find<HTMLScriptElement>(`[data-part="${name}"]`);
  const packed = fromSevenBits(part.text, Number(part.dataset.bytes));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The bytes of a part that `packNumbers` put into this page. */
export async function unpackNumbers(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return fromPlanes(await unpackPart(name));
}
