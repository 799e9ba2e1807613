import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { paletteStyles } from './charts/palette.ts';
import { contentSecurityPolicy } from './content-security.ts';
import { html, raw, type Html } from './html/html.ts';
import type { Text } from './text/text.ts';

/** Every stylesheet, in the order in which they stand in a page. */
const styleSheets = [
  'base',
  'page',
  'navigation',
  'figures',
  'charts',
  'try-it',
  'image-browser',
  'pixel',
  'image-map',
  'inspector',
  'data',
  'tables',
  'code',
  'classifier',
  'terms',
  'lessons',
  'print',
] as const;
/** A file of `assets/`. */
export type StyleSheet = (typeof styleSheets)[number];

/** The stylesheets of a document of parts. */
export const documentStyles = styleSheets.filter(
  (name) => name !== 'classifier' && name !== 'lessons',
);

/** The parts of a self-contained page. */
export interface Page {
  title: Text | string;
  /** Content of the body. */
  body: Html;
  /** Scripts that run when the body is there, each by its own hash. */
  scripts?: readonly string[];
  /** Scripts that these insert as elements of their own, each by its own hash. */
  laterScripts?: readonly string[];
  /** Its stylesheets, in their order; default all that a document of parts needs. */
  styles?: readonly StyleSheet[];
  /** Whether it is a document of parts, whose terms and buttons scripts answer, although it names its stylesheets. */
  isDocument?: boolean;
  /** Whether it comes from a server of ours, which its scripts may ask. */
  isServed?: boolean;
}

// By the package's own name, which holds in a program's bundle, too.
const { resolve } = createRequire(import.meta.url);

/** Text of a file of `assets/`. */
function readAsset(name: string): string {
  return readFileSync(resolve(`@convbook/page/assets/${name}`), 'utf8');
}

/** The whole document: one file that loads nothing, in both themes and languages with switches between them. */
export function renderPage(page: Page): string {
  const { title, body, scripts = [], laterScripts = [], isServed = false } = page;
  const added = page.styles === undefined || page.isDocument ? ['copy.js', 'terms.js'] : [];
  const script = ['theme.js', 'language.js', ...added].map(readAsset).join('');
  const styles = (page.styles ?? documentStyles).map((name) => readAsset(`${name}.css`));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${raw(contentSecurityPolicy([script, ...scripts, ...laterScripts], isServed))}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${element('style', [...styles, paletteStyles()].join('\n'))}
      </head>
      <body>
        <a class="skip" href="#content"
          >${{ en: 'Skip to the content', ko: '본문으로 건너뛰기' }}</a
        >
        ${liftFilter} ${switches(body.toString().includes('class="contents"'))}
        ${element('script', script)} ${body} ${scripts.map((text) => element('script', text))}
      </body>
    </html> `.toString();
}

/**
 * On dark paper faint colours vanish: there opacity rises faster from 0. It is a function of opacity alone, so
 * the legend, which goes through it too, stays true. See `--lift`.
 */
const liftFilter = html`<svg class="hidden" aria-hidden="true">
  <filter id="lift" color-interpolation-filters="sRGB">
    <feComponentTransfer><feFuncA type="gamma" exponent="0.55" /></feComponentTransfer>
  </filter>
</svg>`;

/** Language and colours, switched by the stylesheet alone. */
function switches(hasContents: boolean): Html {
  const field = (name: string, value: string, label: Text | string, isFirst = false) =>
    html`<label${name === 'language' && html` lang="${value}"`}>
      <input type="radio" name="${name}" value="${value}" ${isFirst && 'checked'} />${label}
    </label>`;
  return html`<aside
    class="switches ${hasContents && 'beside-contents'}"
    aria-label="${{ en: 'Language and colours', ko: '언어와 색' }}"
  >
    <fieldset>
      <legend class="hidden">${{ en: 'Language', ko: '언어' }}</legend>
      ${field('language', 'en', 'English', true)}${field('language', 'ko', '한국어')}
    </fieldset>
    <fieldset>
      <legend class="hidden">${{ en: 'Colours', ko: '색' }}</legend>
      ${field('theme', 'system', { en: 'Auto', ko: '자동' }, true)}
      ${field('theme', 'light', { en: 'Light', ko: '밝게' })}
      ${field('theme', 'dark', { en: 'Dark', ko: '어둡게' })}
    </fieldset>
  </aside>`;
}

/** A style or script element with exactly this text, on which the policy's hash depends. */
function element(name: 'style' | 'script', text: string): Html {
  return raw(`<${name}>${text}</${name}>`);
}
