/// <reference lib="dom" />

/** A canvas to draw on, bright on dark; `onChange` has its grey values, at most once a frame. */
export function createDrawing(
  canvas: HTMLCanvasElement,
  onChange: (ink: Uint8Array, width: number, height: number) => void,
) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return { clear: () => undefined, paint: () => undefined };
  const { width, height } = canvas;
  let last: readonly [number, number] | null = null;
  let isWaiting = false;

  const clear = () => {
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
  };
  const report = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      const { data } = context.getImageData(0, 0, width, height);
      onChange(
        Uint8Array.from({ length: width * height }, (_, k) => data[k * 4]),
        width,
        height,
      );
    });
  };
  const place = (event: PointerEvent): readonly [number, number] => {
    const frame = canvas.getBoundingClientRect();
    return [
      ((event.clientX - frame.left) * width) / frame.width,
      ((event.clientY - frame.top) * height) / frame.height,
    ];
  };
  const draw = (to: readonly [number, number]) => {
    context.strokeStyle = '#fff';
    context.lineWidth = width / 14;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(...(last ?? to));
    context.lineTo(...to);
    context.stroke();
    last = to;
    report();
  };

  canvas.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    draw(place(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    if (last !== null) draw(place(event));
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    canvas.addEventListener(end, () => (last = null));
  }
  clear();
  return {
    clear,
    /** Shows an image of the model's size, to draw on. */
    paint(image: CanvasImageSource) {
      context.imageSmoothingEnabled = false;
      context.drawImage(image, 0, 0, width, height);
    },
  };
}
