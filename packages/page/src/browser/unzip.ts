/// <reference lib="dom" />
import { fromBase64 } from '../text/index.ts';

/** The bytes of a gzipped text, base64. */
export async function unzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([fromBase64(text)]).stream();
  const unzipped = new Response(stream.pipeThrough(new DecompressionStream('gzip')));
  return new Uint8Array(await unzipped.arrayBuffer());
}
