import { contentSecurityPolicy, formatPercent, html, raw, type Text } from '@convbook/page';
import type { RunRecord } from '@convbook/run';

/** Shows why nothing happens where the page was opened from a file: browsers load no modules there. */
const fileScript = `if (location.protocol === 'file:') document.getElementById('opened').hidden = false;`;

const styles = `
:root { color-scheme: light dark; font: 1.0625rem/1.55 system-ui, sans-serif; }
body { max-width: 42rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
label { display: block; padding: 1.25rem; border: 2px dashed color-mix(in srgb, currentcolor 45%, transparent); border-radius: 8px; }
input { display: block; max-width: 100%; margin-top: 0.8rem; font: inherit; }
ul { padding: 0; list-style: none; }
li { padding: 0.5rem 0; border-bottom: 1px solid color-mix(in srgb, currentcolor 25%, transparent); }
li:first-child { font-weight: 600; }
.note { padding: 0.8rem 1rem; border-left: 4px solid #c25100; background: color-mix(in srgb, #c25100 10%, transparent); }
`;

/** The page of an app: plain markup, made to be changed. Each text is there in both languages. */
export function appPage({ model, data, result }: RunRecord): string {
  const policy = contentSecurityPolicy([fileScript], true).replace(
    'script-src',
    "script-src 'self'",
  );
  const title = `${data.name} · ${model.name}`;
  const both = ({ en, ko }: Text) =>
    html`${en} <br />
      <span lang="ko">${ko}</span>`;
  const accuracy = result && formatPercent(result.testAccuracy);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${raw(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${styles}</style>`)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>
            ${both({
              en: `The model tells which of ${data.classNames.length} classes a picture shows.`,
              ko: `그림이 클래스 ${data.classNames.length}개 가운데 무엇인지 모델이 고릅니다.`,
            })}
          </p>
          <p class="note" id="opened" hidden>
            ${both({
              en: 'This page was opened from a file, where browsers load no modules. Start a server in its folder: npx http-server, or python3 -m http.server',
              ko: '이 페이지를 파일로 열었습니다. 브라우저는 파일에서 모듈을 불러오지 않으니 이 폴더에서 서버를 시작하십시오: npx http-server 또는 python3 -m http.server',
            })}
          </p>
          <noscript
            ><p class="note">
              ${both({ en: 'This page needs JavaScript with WebAssembly.', ko: '이 페이지에는 WebAssembly를 지원하는 JavaScript가 필요합니다.' })}
            </p></noscript
          >
          <label
            >${both({
              en: 'Choose pictures, drop them on this page, or paste them',
              ko: '그림을 고르거나, 이 페이지에 끌어다 놓거나, 붙여 넣으십시오',
            })}
            <input type="file" id="file" accept="image/*" multiple />
          </label>
          <ul id="answers" aria-live="polite"></ul>
          ${
            accuracy &&
            html`<p>
              ${both({
                en: `Test accuracy ${accuracy}, on test images of the same data set; for other pictures it may be much lower.`,
                ko: `시험 정확도 ${accuracy}. 같은 데이터의 시험 이미지로 잰 값이므로 다른 그림에서는 훨씬 낮을 수 있습니다.`,
              })}
            </p>`
          }
        </main>
        ${raw(`<script>${fileScript}</script>`)}
        <script type="module" src="app.js"></script>
      </body>
    </html> `.toString();
}
