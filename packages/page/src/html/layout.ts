import { toText, type Text } from '../text/text.ts';
import { html, type Html, type HtmlValue } from './html.ts';

/** A part of a document with contents: a heading and what stands under it. */
export interface Part {
  /** Anchor in the page. */
  id: string;
  title: Text | string;
  content: Html;
}

/** The head of a page, before its parts. */
export interface Opening {
  kicker: Text | string;
  /** Address of the list of runs; without it there is no link. */
  list?: string | undefined;
  heading: Html;
  /** The whole in one sentence. */
  lead: Text<HtmlValue>;
}

/** Opening, contents and numbered parts, the body of a page. */
export function pageLayout({ kicker, list, heading, lead }: Opening, parts: readonly Part[]): Html {
  return html`<div class="layout">
    <header>
      <p class="kicker">
        ${list !== undefined && html`<a href="${list}">${{ en: 'All runs', ko: '모든 실행' }}</a> · `}${kicker}
      </p>
      <h1>${heading}</h1>
      <p class="lead">${lead}</p>
    </header>
    <nav class="contents" aria-label="${{ en: 'Contents', ko: '차례' }}">
      <button type="button" popovertarget="contents-list">${{ en: 'Contents', ko: '차례' }}</button>
      <ol id="contents-list" popover>
        ${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li> `)}
      </ol>
    </nav>
    <main id="content">${parts.map(section)}</main>
  </div>`;
}

function section({ id, title, content }: Part, at: number): Html {
  const { en, ko } = toText(title);
  return html`<section class="cell" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">
      <span class="cell-number">${at + 1}</span> ${title}
      <a
        class="anchor"
        href="#${id}"
        aria-label="${{ en: `Link to this part: ${en}`, ko: `이 부분의 링크: ${ko}` }}"
        >#</a
      >
    </h2>
    ${content}
  </section> `;
}
