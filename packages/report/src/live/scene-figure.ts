/// <reference lib="dom" />
import { describe, make, say } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import { markedCanvas } from './marked-canvas.ts';

/** A picture of the scene with its caption, on which a rectangle can be outlined. */
export function sceneFigure(height: number, width: number) {
  const figure = make('figure', '', { class: 'scene-part' });
  const [caption, marked] = [make('figcaption'), markedCanvas(height, width)];
  describe(marked.canvas, 'aria-label', { en: 'No pixel yet', ko: '아직 픽셀이 없음' });
  figure.append(caption, marked.frame);
  return {
    figure,
    canvas: marked.canvas,
    mark: marked.mark,
    /** Says what the picture shows, under it and to who does not see it. */
    say(text: Text, alternative: Text = text) {
      say(caption, text);
      describe(marked.canvas, 'aria-label', alternative);
    },
  };
}
