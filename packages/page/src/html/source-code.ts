import highlighter from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import type { Text } from '../text/text.ts';
import { html, raw, type Html } from './html.ts';

highlighter.registerLanguage('typescript', typescript);

/** TypeScript with its syntax coloured when the page is made. */
export function sourceCode(source: string): Html {
  const colored = highlighter.highlight(source.trim(), { language: 'typescript' }).value;
  return copyable(
    html`<pre class="code" tabindex="0"><code>${raw(colored)}</code></pre>`,
    copyCode,
  );
}

/** A command, which breaks between its options where it is too long for the line. */
export function commandLine(command: string): Html {
  const options = command.split(/ (?=--)/).map((option) => html`<span>${option}</span> `);
  return copyable(html`<pre class="code command"><code>${options}</code></pre>`, copyCommand);
}

const copyCode: Text<Html> = {
  en: html`Copy<span class="hidden"> the code</span>`,
  ko: html`<span class="hidden">코드 </span>복사`,
};
const copyCommand: Text<Html> = {
  en: html`Copy<span class="hidden"> the command</span>`,
  ko: html`<span class="hidden">명령 </span>복사`,
};

/** Code with a button that copies it: `assets/copy.js` answers; without scripts there is none. */
function copyable(code: Html, name: Text<Html>): Html {
  return html`<div class="copyable">
    ${code}
    <button type="button" data-copy aria-live="polite">
      <span data-when="waiting">${name}</span>
      <span data-when="copied" hidden>${{ en: 'Copied', ko: '복사됨' }}</span>
      <span data-when="selected" hidden>${{ en: 'Selected', ko: '선택됨' }}</span>
    </button>
  </div>`;
}

/** The code that makes a cell's output, folded. */
export function sourceFold(source: string): Html {
  return html`<details class="fold">
    <summary>${{ en: 'The code that makes this', ko: '이 결과를 만드는 코드' }}</summary>
    ${sourceCode(source)} ${source.includes("'reports/") && otherPlace}
  </details>`;
}

/** Code names a run by the folder of all runs; the page does not say where the run lies. */
const otherPlace = html`<p class="note">
  ${{
    en: html`Where a run lies elsewhere, put the path of its folder in the place of
      <i lang="en">reports/…</i>.`,
    ko: html`실행 폴더가 다른 곳에 있으면 <i lang="en">reports/…</i> 자리에 그 폴더의 경로를
      넣으십시오.`,
  }}
</p>`;

/** A table view or other detail of a figure, folded. */
export function detailFold(summary: Text | string, content: Html): Html {
  return html`<details class="fold">
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** Text as a TypeScript string literal. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
