import { html, type Html, type Text } from '@convbook/page';

const forTheCurious: Text = { en: 'For the curious', ko: '더 알고 싶다면' };

/** Details for the curious: closed on a screen, open on paper; null where there is none of it. */
export function curiousFold(
  parts: readonly (Html | null)[],
  title: Text = forTheCurious,
): Html | null {
  const shown = parts.filter((part) => part !== null);
  if (shown.length === 0) return null;
  return html`<details class="fold curious wide">
    <summary>${title}</summary>
    ${shown}
  </details>`;
}
