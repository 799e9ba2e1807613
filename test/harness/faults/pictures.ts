// A folder of small colour pictures, a folder a class.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normal } from '@convbook/core';

const [classes, each, side] = [3, 20, 20];

/** Writes the pictures, as BMP of 24 bits, where they are not there. */
export function writePictures(folder: string): void {
  if (existsSync(folder)) return;
  for (let label = 0; label < classes; label++) {
    mkdirSync(join(folder, `class${label}`), { recursive: true });
    for (let at = 0; at < each; at++) {
      writeFileSync(join(folder, `class${label}`, `${at}.bmp`), picture(label, `${label} ${at}`));
    }
  }
}

/** Noise whose channel of the class is bright; rows of 60 bytes need no padding. */
function picture(label: number, name: string): Uint8Array {
  const noise = normal(1, name, new Float64Array(side * side * 3));
  const pixels = Uint8Array.from(noise, (value, at) =>
    Math.max(0, Math.min(255, Math.round(90 + 40 * value + (at % 3 === label ? 40 : 0)))),
  );
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(header.length + pixels.length, 2);
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(side, 18);
  header.writeInt32LE(side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return Buffer.concat([header, pixels]);
}
