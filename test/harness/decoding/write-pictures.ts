import { linkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const [width, height] = [640, 480];
const different = 100;

/** Writes so many pictures, of which a hundred differ, and returns their files. */
export async function writePictures(folder: string, count: number): Promise<string[]> {
  const files: string[] = [];
  for (let at = 0; at < count; at++) {
    const ending = at % 5 === 0 ? 'png' : 'jpg';
    const file = join(folder, `${at}.${ending}`);
    if (at < different) writeFileSync(file, await encode(at));
    else linkSync(files[at % different], file);
    files.push(file);
  }
  return files;
}

/** Smooth colours with noise on them, about as large as a photograph. */
function encode(at: number): Promise<Buffer> {
  let state = at + 1;
  const data = Uint8Array.from({ length: width * height * 3 }, (_, k) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const [x, y] = [Math.floor(k / 3) % width, Math.floor(k / 3 / width)];
    const wave = Math.sin((x * (k % 3) + y + 37 * at) / 50) + Math.sin((x - y) / (20 + (at % 7)));
    return 128 + 50 * wave + (state >>> 28);
  });
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  return (at % 5 === 0 ? picture.png() : picture.jpeg({ quality: 85 })).toBuffer();
}
