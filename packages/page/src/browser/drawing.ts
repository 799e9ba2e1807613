/// <reference lib="dom" />
import type { CanvasPixels } from './canvas-pixels.ts';

/**
 * A canvas to draw on, in the colours of its attributes; `onChange` has its grey values, at most once a frame.
 * The first stroke on an image that is shown there begins a new drawing.
 */
export function createDrawing(
  canvas: HTMLCanvasElement,
  onChange: (drawing: CanvasPixels) => void,
) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { clear: () => undefined, paint: () => undefined, repaint: () => undefined };
  const { width, height } = canvas;
  const { ground = '#000', ink = '#fff' } = canvas.dataset;
  /** The pointer that draws, and where it was: other fingers and buttons draw nothing meanwhile. */
  let stroke: { pointer: number; last: readonly [number, number] } | null = null;
  let isWaiting = false;
  /** Whether an image is shown that nobody drew here. */
  let isExample = false;

  const clear = () => {
    isExample = false;
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
  };
  const report = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      const { data } = context.getImageData(0, 0, width, height);
      const grey = Uint8Array.from({ length: width * height }, (_, k) => data[k * 4]);
      onChange({ width, height, channels: 1, data: grey });
    });
  };
  const place = (event: PointerEvent): readonly [number, number] => {
    const frame = canvas.getBoundingClientRect();
    return [
      ((event.clientX - frame.left) * width) / frame.width,
      ((event.clientY - frame.top) * height) / frame.height,
    ];
  };
  const draw = (from: readonly [number, number], to: readonly [number, number]) => {
    context.strokeStyle = context.fillStyle = ink;
    context.lineWidth = width / 14;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
    // A disk at its end: a line without length, which a tap is, would leave nothing.
    context.beginPath();
    context.arc(...to, context.lineWidth / 2, 0, 2 * Math.PI);
    context.fill();
    report();
  };

  canvas.addEventListener('pointerdown', (event) => {
    if (stroke !== null || event.button !== 0) return;
    event.preventDefault();
    if (isExample) clear();
    canvas.setPointerCapture(event.pointerId);
    stroke = { pointer: event.pointerId, last: place(event) };
    draw(stroke.last, stroke.last);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (stroke?.pointer !== event.pointerId) return;
    const to = place(event);
    draw(stroke.last, to);
    stroke.last = to;
  });
  canvas.addEventListener('lostpointercapture', (event) => {
    if (stroke?.pointer === event.pointerId) stroke = null;
  });
  const repaint = (image: CanvasImageSource) => {
    context.imageSmoothingEnabled = false;
    context.drawImage(image, 0, 0, width, height);
  };
  clear();
  return {
    clear,
    /** Shows an image of the model's size, which the next stroke clears. */
    paint(image: CanvasImageSource) {
      repaint(image);
      isExample = true;
    },
    /** Shows what the canvas has in another place: a drawing can be drawn on. */
    repaint,
  };
}
