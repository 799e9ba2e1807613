// A figure as the book has it before a script begins: the view of its first state; its controls are hidden.
import { html, type Html } from '@convbook/page/markup';
import type { Compute } from './compute.ts';
import type { AnyFigure, Control, Figure } from './figure.ts';

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
    <div class="lesson-view" data-view aria-live="polite">${view(start, compute)}</div>
    <figcaption>${caption}</figcaption>
  </figure>`;
}

function renderControl<State>(control: Control<State>, state: State, id: string): Html {
  switch (control.kind) {
    case 'range':
      return html`<label class="range" data-control="${id}"
        >${control.label}
        <input
          type="range"
          min="${control.least}"
          max="${control.most(state)}"
          value="${control.get(state)}"
        />
        <output>${control.get(state)}</output>${
          control.plays &&
          html`<button type="button" data-play>
            <span data-when>▶ ${{ en: 'Play', ko: '재생' }}</span
            ><span data-when hidden>⏸ ${{ en: 'Pause', ko: '멈춤' }}</span>
          </button>`
        }</label
      > `;
    case 'choice':
      return html`<label data-control="${id}"
        >${control.label}
        <select>
          ${control.options.map(
            ({ value, text }) =>
              html`<option value="${value}" ${value === control.get(state) && 'selected'}>
                ${text}
              </option>`,
          )}
        </select></label
      > `;
    case 'numbers':
      return html`<fieldset
        class="number-grid"
        data-control="${id}"
        style="--columns:${control.columns}"
      >
        <legend>${control.label}</legend>
        ${control.get(state).map(
          (value, k) =>
            html`<input
              type="number"
              step="any"
              value="${value}"
              aria-label="${{
                en: `${control.label.en}, row ${Math.floor(k / control.columns) + 1}, column ${(k % control.columns) + 1}`,
                ko: `${control.label.ko} ${Math.floor(k / control.columns) + 1}행 ${(k % control.columns) + 1}열`,
              }}"
            />`,
        )}
      </fieldset> `;
    case 'button':
      return html`<button type="button" data-control="${id}">${control.label}</button> `;
    default:
      control satisfies never;
      throw new Error('renderControl: expected a known kind; add it');
  }
}
