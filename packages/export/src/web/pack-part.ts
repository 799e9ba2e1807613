import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { toSevenBits } from './seven-bits.ts';

/** Data that a page carries, compressed: an inert element, which `unpackPart` reads. */
export async function packPart(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const packed = await promisify(deflateRaw)(bytes, { level: 9 });
  const start = `<script type="text/plain" data-part="${name}" data-bytes="${packed.length}">`;
  return Buffer.concat([Buffer.from(start), toSevenBits(packed), Buffer.from('</script>\n')]);
}
