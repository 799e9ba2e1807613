/// <reference lib="dom" />
import { make } from '@convbook/page/browser';

/** A rectangle of pixels. */
export interface Area {
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
}

/** A canvas on which a rectangle of pixels is outlined. */
export interface MarkedCanvas {
  /** The part that is put on the page. */
  readonly frame: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Outlines a rectangle, which may lie partly outside; null outlines none. */
  mark(area: Area | null): void;
}

/** A canvas of some pixels with a place for the outline. */
export function markedCanvas(height: number, width: number): MarkedCanvas {
  const frame = make('span', '', { class: 'marked' });
  const canvas = make('canvas', '', { class: 'pixels', role: 'img' });
  const outline = make('i', '', { class: 'mark' });
  [canvas.width, canvas.height] = [width, height];
  outline.hidden = true;
  frame.append(canvas, outline);
  return {
    frame,
    canvas,
    mark(area) {
      outline.hidden = area === null;
      if (area === null) return;
      const sides = {
        left: area.column / canvas.width,
        top: area.row / canvas.height,
        width: area.width / canvas.width,
        height: area.height / canvas.height,
      };
      for (const [side, share] of Object.entries(sides)) {
        outline.style.setProperty(side, `${100 * share}%`);
      }
      Object.assign(outline.dataset, {
        area: [area.row, area.column, area.height, area.width].join(' '),
      });
    },
  };
}

/** A place on a canvas in its own pixels, with fractions: row and column. */
type Choose = (row: number, column: number) => void;

/** Calls back with the pixel of a canvas that is clicked or tapped. */
export function onPixel(canvas: HTMLCanvasElement, choose: Choose): void {
  canvas.addEventListener('click', (event) => {
    const [row, column] = placeOf(canvas, event);
    choose(Math.floor(row), Math.floor(column));
  });
}

/** Calls back with the place where a pointer goes down on a canvas, and with those to which it is dragged. */
export function onDrag(canvas: HTMLCanvasElement, choose: Choose): void {
  let pointer: number | null = null;
  canvas.classList.add('draggable');
  canvas.addEventListener('pointerdown', (event) => {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    choose(...placeOf(canvas, event));
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId === pointer) choose(...placeOf(canvas, event));
  });
  canvas.addEventListener('lostpointercapture', (event) => {
    if (event.pointerId === pointer) pointer = null;
  });
}

function placeOf(canvas: HTMLCanvasElement, event: MouseEvent): [number, number] {
  const frame = canvas.getBoundingClientRect();
  return [
    ((event.clientY - frame.top) * canvas.height) / frame.height,
    ((event.clientX - frame.left) * canvas.width) / frame.width,
  ];
}
