// A figure as the book has it before a script begins: the view of its first state; its controls are hidden.
import { html, type Html } from '@convbook/page/markup';
import type { Compute } from './compute.ts';
import type { AnyFigure, Figure } from './figure.ts';
import { renderControl } from './render-control.ts';

/** @param caption Stands under the view. */
export function renderFigure(figure: AnyFigure, compute: Compute, caption: Html): Html {
  return figure.use((own) => render(own, compute, caption));
}

function render<State>(
  { id, start, controls, view }: Figure<State>,
  compute: Compute,
  caption: Html,
): Html {
  return html`<figure class="wide lesson-figure" data-figure="${id}">
    <div class="try-controls lesson-controls" data-controls hidden>
      ${controls.map((control, k) => renderControl(control, start, `${id}-${k}`))}
    </div>
    <div class="lesson-view" data-view>${view(start, compute)}</div>
    <figcaption>${caption}</figcaption>
  </figure>`;
}
