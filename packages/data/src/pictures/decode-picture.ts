// Decoding with libvips and our reader of BMP, in the process that picture-server.ts starts.
import { readFileSync } from 'node:fs';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { readBmpHeader } from './bmp-header.ts';
import { decodeBmp } from './bmp.ts';
import type { ReaderName } from './formats.ts';
import { mostPixels, type Header } from './limits.ts';
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
export async function readHeader(source: Source, reader: ReaderName): Promise<Header> {
  if (reader === 'libvips') return sharp(toInput(source), { limitInputPixels: false }).metadata();
  const { width, height } = readBmpHeader(source);
  const size = { width, height };
  const isProgressive = false;
  return { ...size, autoOrient: size, format: 'bmp', depth: 'uchar', channels: 4, isProgressive };
}

/** The picture upright, in sRGB, 8 bits a channel; reduced where a side is longer than `longestSide`. */
export async function decodePicture(
  source: Source,
  { space, format }: Header,
  longestSide: number,
): Promise<Pixels> {
  if (format === 'bmp') return reduce(decodeBmp(source), longestSide);
  const pixels = toPixels(await decodeStrictly(source, longestSide));
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
  return toRaw(
    sharp(toInput(source), { failOn, limitInputPixels: mostPixels }).autoOrient(),
    longestSide,
  );
}

async function reduce(pixels: Pixels, longestSide: number): Promise<Pixels> {
  const { width, height, channels, data } = pixels;
  if (Math.max(width, height) <= longestSide) return pixels;
  return toPixels(await toRaw(sharp(data, { raw: { width, height, channels } }), longestSide));
}

function toRaw(picture: Sharp, longestSide: number) {
  return picture
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

function toPixels({ data, info }: Awaited<ReturnType<typeof toRaw>>): Pixels {
  const { width, height, channels } = info;
  if (channels > 4) throw new Error(`${channels} channels`);
  return {
    width,
    height,
    channels,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
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
