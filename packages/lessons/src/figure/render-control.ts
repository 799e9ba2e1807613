import { html, type Html, type Text } from '@convbook/page/markup';
import type { Control, RangeControl } from './figure.ts';

/** @param id Finds the control again. */
export function renderControl<State>(control: Control<State>, state: State, id: string): Html {
  switch (control.kind) {
    case 'range':
      return html`<label class="range" data-control="${id}"
        >${control.label}
        <input
          type="range"
          min="${control.least}"
          step="${control.step ?? 1}"
          max="${control.most(state)}"
          value="${control.get(state)}"
        />
        <output>${shownValue(control, control.get(state))}</output>${
          control.plays &&
          html`<button type="button" data-play>
            <span data-when>▶ ${{ en: 'Play', ko: '재생' }}</span
            ><span data-when hidden>⏸ ${{ en: 'Pause', ko: '멈춤' }}</span>
          </button>`
        }</label
      > `;
    case 'count':
      return html`<label data-control="${id}"
        >${control.label}
        <input
          type="number"
          min="${control.least}"
          max="${control.most}"
          value="${control.get(state)}"
          ${control.isOff?.(state) && 'disabled'}
      /></label> `;
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
      return html`<details class="fold" data-control="${id}">
        <summary>${control.label}</summary>
        <fieldset class="number-grid" style="--columns:${control.columns}">
          <legend class="hidden">${control.label}</legend>
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
        </fieldset>
      </details> `;
    case 'button':
      return html`<button type="button" data-control="${id}">${control.label}</button> `;
    default:
      control satisfies never;
      throw new Error('renderControl: expected a known kind; add it');
  }
}

/** A slider's value as it stands beside it. */
export function shownValue<State>(control: RangeControl<State>, value: number): Text | string {
  return control.shown?.(value) ?? String(value);
}
