/// <reference lib="dom" />
import { languages, type Text } from '../text/text.ts';
import { svgElement } from './svg.ts';

/** Place and look of a text in a drawing. */
export interface TextLook {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  color: string;
  size?: number;
  weight?: number;
}

/** A text of a drawing, in each language where it differs. */
export function textElement(text: Text | string, look: TextLook): SVGTextElement {
  const { x, y, anchor, color, size = 12, weight = 400 } = look;
  const element = svgElement('text', {
    x,
    y,
    'text-anchor': anchor,
    'font-size': `${size}px`,
    'font-weight': weight,
    fill: color,
  });
  if (typeof text === 'string' || text.en === text.ko) {
    element.textContent = typeof text === 'string' ? text : text.en;
    return element;
  }
  for (const lang of languages) {
    const part = svgElement('tspan', { lang });
    part.textContent = text[lang];
    element.append(part);
  }
  return element;
}
