// Decoding with libvips, in the process that picture-server.ts starts.
import { readFileSync } from 'node:fs';
import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { mostPixels } from './limits.ts';
import type { Source } from './messages.ts';
import type { Pixels } from './pixels.ts';

// Each picture once, on one thread: nothing is kept between pictures.
sharp.cache(false);
sharp.concurrency(1);

// The library has readers of documents and drawings, too.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map(
    (name) => `VipsForeignLoad${name}`,
  ),
});

/** Size and format of a picture; decodes nothing. */
export function readHeader(source: Source): Promise<Metadata> {
  return sharp(toInput(source), { limitInputPixels: false }).metadata();
}

/** The picture upright, in sRGB, 8 bits a channel; reduced where a side is longer than `longestSide`. */
export async function decodePicture(
  source: Source,
  { space }: Metadata,
  longestSide: number,
): Promise<Pixels> {
  const { data, info } = await decodeStrictly(source, longestSide);
  const { width, height, channels } = info;
  if (channels > 4) throw new Error(`${channels} channels`);
  const pixels = {
    width,
    height,
    channels,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
  return space === 'b-w' || space === 'grey16' ? toGrey(pixels) : pixels;
}

// Cameras write the first two (https://github.com/lovell/sharp/issues/1578); the last is a TIFF with tags of one program.
const harmless = /Invalid SOS parameters|extraneous bytes|Warning treated as error/;

/** Damage is an error, but not what cameras and programs write and every viewer shows. */
async function decodeStrictly(source: Source, longestSide: number) {
  try {
    return await decode(source, longestSide, 'warning');
  } catch (error) {
    if (!harmless.test(String(error))) throw error;
    return decode(source, longestSide, 'error');
  }
}

function decode(source: Source, longestSide: number, failOn: SharpOptions['failOn']) {
  return sharp(toInput(source), { failOn, limitInputPixels: mostPixels })
    .autoOrient()
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

/** libvips takes the brackets at the end of a name for options, so such a file is read here. */
function toInput(source: Source): Source {
  return typeof source === 'string' && source.endsWith(']') ? readFileSync(source) : source;
}

/** Grey comes as three equal colours: grey of 16 bits is exact only on this way. */
function toGrey({ width, height, channels, data }: Pixels): Pixels {
  const kept = channels === 4 ? [0, 3] : [0];
  const result = new Uint8Array(width * height * kept.length);
  for (let place = 0; place < width * height; place++) {
    kept.forEach((channel, k) => {
      result[place * kept.length + k] = data[place * channels + channel];
    });
  }
  return { width, height, channels: channels === 4 ? 2 : 1, data: result };
}
