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

/** Calls back with the pixel of a canvas that is clicked or tapped. */
export function onPixel(
  canvas: HTMLCanvasElement,
  choose: (row: number, column: number) => void,
): void {
  canvas.addEventListener('click', (event) => {
    const frame = canvas.getBoundingClientRect();
    choose(
      Math.floor(((event.clientY - frame.top) * canvas.height) / frame.height),
      Math.floor(((event.clientX - frame.left) * canvas.width) / frame.width),
    );
  });
}
