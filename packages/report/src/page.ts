import { readFileSync } from 'node:fs';
import { paletteStyles } from './charts/palette.ts';
import { contentSecurityPolicy } from './content-security.ts';
import { html, raw, type Html } from './html.ts';

/** What a self-contained page is made of. */
export interface Page {
  title: string;
  /** Content of the body. */
  body: Html;
  /** Scripts that run when the body is there, each by its own hash. */
  scripts?: readonly string[];
  /** Whether it comes from a server of ours, which its scripts may ask. */
  isServed?: boolean;
}

/** Text of a file of `assets/`. */
export function readAsset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
}

/** The whole document: one file that loads nothing, with both themes and the switch between them. */
export function renderPage({ title, body, scripts = [], isServed = false }: Page): string {
  const script = readAsset('theme.js');
  const styles = ['base.css', 'page.css', 'figures.css', 'tables.css', 'code.css', 'print.css'].map(
    (name) => readAsset(name),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${raw(contentSecurityPolicy([script, ...scripts], isServed))}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${element('style', [...styles, paletteStyles()].join('\n'))}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <aside aria-label="Colours">
          <fieldset class="theme">
            <legend class="hidden">Colours</legend>
            <label><input type="radio" name="theme" value="system" checked />Auto</label>
            <label><input type="radio" name="theme" value="light" />Light</label>
            <label><input type="radio" name="theme" value="dark" />Dark</label>
          </fieldset>
        </aside>
        ${element('script', script)} ${body} ${scripts.map((text) => element('script', text))}
      </body>
    </html> `.toString();
}

/** A style or script element with exactly this text, on which the policy's hash depends. */
function element(name: 'style' | 'script', text: string): Html {
  return raw(`<${name}>${text}</${name}>`);
}
