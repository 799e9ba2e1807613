import { html, type Html } from '@convbook/page';

/** A layer's name in a table; those inside a residual block are indented under it. */
export function layerName({ name }: { name: string }): Html {
  return name.includes('.')
    ? html`<code class="inside">${name}</code>`
    : html`<code>${name}</code>`;
}
