/// <reference lib="dom" />

/** Shows bytes `[channels, height, width]`, grey or in three colours, on a canvas of that size. */
export function paintInput(
  canvas: HTMLCanvasElement,
  bytes: ArrayLike<number>,
  [channels, height, width]: readonly number[],
): void {
  const image = new ImageData(width, height);
  for (let place = 0; place < height * width; place++) {
    for (let c = 0; c < 3; c++) {
      image.data[place * 4 + c] = bytes[(channels === 3 ? c : 0) * height * width + place];
    }
    image.data[place * 4 + 3] = 255;
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
