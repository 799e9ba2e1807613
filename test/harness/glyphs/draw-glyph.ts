// A letter's ink, and what it lies on.
import sharp from 'sharp';
import type { Draws } from './draws.ts';

type Color = readonly [number, number, number];

/** Black on white. */
export function drawPlain(mask: Buffer): Promise<Buffer> {
  return sharp(mask).negate().png().toBuffer();
}

/** Turned by up to 25 degrees and scaled by 0.6 to 1.1, in a colour, on stripes of two others with noise. */
export async function drawColored(mask: Buffer, size: number, draw: Draws): Promise<Buffer> {
  const ink = await turn(mask, size, 50 * draw() - 25, 0.6 + 0.5 * draw());
  const paper = [drawColor(draw), drawColor(draw)] as const;
  const pen = drawContrast(paper, draw);
  const stripes = createStripes(size, draw);
  const bytes = Buffer.alloc(3 * size * size);
  for (let place = 0; place < size * size; place++) {
    const share = stripes(place % size, Math.floor(place / size));
    const noise = 40 * (draw() - 0.5);
    for (let c = 0; c < 3; c++) {
      const under = paper[0][c] * share + paper[1][c] * (1 - share) + noise;
      const over = ink[place] / 255;
      const value = pen[c] * over + under * (1 - over);
      bytes[3 * place + c] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
  return sharp(bytes, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}

/** The ink turned and scaled about its middle, `[size, size]`. */
async function turn(mask: Buffer, size: number, degrees: number, scale: number): Promise<Buffer> {
  const turned = await sharp(mask)
    .resize(Math.round(size * scale))
    .rotate(degrees, { background: 'black' })
    .png()
    .toBuffer();
  // Onto something larger than any turned letter, then its middle.
  const large = await sharp({
    create: { width: 3 * size, height: 3 * size, channels: 3, background: 'black' },
  })
    .composite([{ input: turned }])
    .png()
    .toBuffer();
  const middle = { left: size, top: size, width: size, height: size };
  return sharp(large).extract(middle).extractChannel(0).raw().toBuffer();
}

function drawColor(draw: Draws): Color {
  return [256 * draw(), 256 * draw(), 256 * draw()];
}

/** A colour that is far from both others. */
function drawContrast(others: readonly Color[], draw: Draws): Color {
  for (;;) {
    const color = drawColor(draw);
    if (others.every((other) => distance(other, color) > 130)) return color;
  }
}

function distance(a: Color, b: Color): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** From 0 to 1: stripes of any direction, 6 to 20 pixels wide. */
function createStripes(size: number, draw: Draws): (x: number, y: number) => number {
  const angle = Math.PI * draw();
  const wave = (2 * Math.PI) / ((6 + 14 * draw()) * (size / 64));
  const phase = 2 * Math.PI * draw();
  const [across, down] = [wave * Math.cos(angle), wave * Math.sin(angle)];
  return (x, y) => 0.5 + 0.5 * Math.sin(across * x + down * y + phase);
}
