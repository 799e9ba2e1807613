import { contentSecurityPolicy, html, raw, type Html, type Text } from '@convbook/page';
import { inLanguages } from '@convbook/page/text';
import type { RunRecord } from '@convbook/run';

/** Says why nothing happens where the page was opened from a file: browsers load no modules there. */
const fromFile = `if (location.protocol === 'file:') document.querySelector('#from-file').hidden = false;`;

const styles = `
:root { color-scheme: light dark; font: 1.0625rem/1.55 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.6rem; overflow-wrap: anywhere; }
label { display: block; padding: 1.5rem; border: 2px dashed; border-radius: 8px; }
input { display: block; max-width: 100%; margin-top: 0.8rem; font: inherit; }
ul { padding: 0; list-style: none; }
li { padding: 0.4rem 0; border-bottom: 1px solid color-mix(in srgb, currentcolor 25%, transparent); overflow-wrap: anywhere; }
`;

/** The page of an app: little markup, made to be changed. */
export function appPage(record: RunRecord): string {
  const { model, data, result } = record;
  const policy = `${contentSecurityPolicy([fromFile], true)}`.replace(
    'script-src',
    "script-src 'self'",
  );
  const classes = data.classNames.join(', ');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${raw(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${data.name} · ${model.name}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(styles)}
        </style>
        <script type="module" src="app.js"></script>
      </head>
      <body>
        <main>
          <h1>${data.name} · ${model.name}</h1>
        </main>
      </body>
    </html> `.toString();
}
