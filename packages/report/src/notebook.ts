import { cells } from './cells/index.ts';
import { tryItCell } from './cells/try-it.ts';
import { formatCount, formatDate, formatPercent, formatPlural } from './format.ts';
import { html, type Html } from './html.ts';
import { bundleLiveScript } from './live/bundle.ts';
import type { LiveParts } from './live/live-parts.ts';
import { readAsset, renderPage } from './page.ts';
import type { Run } from './run/run.ts';

interface RenderedCell {
  id: string;
  title: string;
  number: number;
  content: Html;
}

/**
 * The notebook of a run: one self-contained HTML document, the same text whenever it is made.
 *
 * @param live The trained model and the kernels for the live cells; without them these are left out.
 */
export async function renderNotebook(run: Run, live: LiveParts | null = null): Promise<string> {
  const rendered: RenderedCell[] = [];
  for (const { id, title, render } of cells) {
    const content = await render(run, live);
    if (content !== null) rendered.push({ id, title, number: rendered.length + 1, content });
  }
  const { model, data } = run.record;
  const isLive = rendered.some(({ id }) => id === tryItCell.id);
  return renderPage({
    title: `${model.name} on ${data.name} · ${run.name}`,
    scripts: [readAsset('notebook.js'), ...(isLive ? [await bundleLiveScript()] : [])],
    body: html`<div class="layout">
      <header>
        <p class="kicker">Convbook · ${run.name} · ${formatDate(run.record.createdAt)}</p>
        <h1>${model.name} <span>on</span> ${data.name}</h1>
        <p class="lead">${lead(run)}</p>
      </header>
      <nav class="contents" aria-label="Contents">
        <ol>
          ${rendered.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li> `)}
        </ol>
      </nav>
      <main id="content">${rendered.map(section)}</main>
    </div>`,
  });
}

function section({ id, title, number, content }: RenderedCell): Html {
  return html`<section class="cell" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">
      <span class="cell-number">${number}</span> ${title}
      <a class="anchor" href="#${id}" aria-label="Link to this part: ${title}">#</a>
    </h2>
    ${content}
  </section> `;
}

/** What the run was, in one sentence. */
function lead({ record, epochs, steps }: Run): string {
  const { model, data, configuration, result } = record;
  const network = `A network of ${formatPlural(model.layers.length, 'layer')} and ${formatCount(model.parameters)} parameters`;
  const whole = result?.epochs ?? epochs.length;
  const done = whole > 0 ? formatPlural(whole, 'epoch') : formatPlural(steps.length, 'step');
  const training = `trained for ${done} on ${formatPlural(data.trainSamples, 'image')} with ${configuration.optimizer.name}`;
  const accuracy = result?.testAccuracy ?? epochs.at(-1)?.testAccuracy;
  if (accuracy === undefined) return `${network}, ${training}.`;
  const samples = result?.testSamples ?? data.testSamples;
  return `${network}, ${training}, names ${formatPercent(accuracy)} of ${formatPlural(samples, 'test image')} correctly.`;
}
