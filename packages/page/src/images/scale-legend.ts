import { html, type Html } from '../html/html.ts';
import type { Text } from '../text/text.ts';

/**
 * The diverging colour scale: orange below, no colour at 0, blue above.
 *
 * @param description What it is the scale of, for those who do not see it.
 * @param lower The number at the lower end, without its sign, and at the upper one.
 */
export function scaleLegend(
  description: Text,
  lower: Text | string,
  upper: Text | string = lower,
): Html {
  return html`<div class="legend" role="img" aria-label="${description}">
    <span>−${lower}</span><i></i><span>0</span><i></i><span>+${upper}</span>
  </div>`;
}
