import { html, type Html } from '@convbook/page';

/** What explains how the training went, closed on a screen and open on paper; null where there is none of it. */
export function curiousFold(parts: readonly Html[]): Html | null {
  if (parts.length === 0) return null;
  return html`<details class="fold curious wide">
    <summary>${{ en: 'For the curious', ko: '더 알고 싶다면' }}</summary>
    ${parts}
  </details>`;
}
