import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { runFiles, type RunRecord } from '@convbook/layers';
import {
  formatCount,
  formatShortDate,
  formatDuration,
  formatPercent,
  formatPlural,
} from './format.ts';
import { html, type Html } from './html.ts';
import { tilePictures } from './images/diverging.ts';
import { channelPicture, largestWeight } from './images/filters.ts';
import { pictureImage } from './images/picture-image.ts';
import { readAsset, renderPage } from './page.ts';
import { runNames } from './resolve-run.ts';
import { readFirstFilters, readRecord } from './run/read-run.ts';
import type { FilterSnapshot } from './run/run.ts';
import { renderTable } from './table.ts';

interface Entry {
  name: string;
  /** The run, or why it cannot be read. */
  record: RunRecord | string;
  filters: FilterSnapshot | null;
  hasNotebook: boolean;
}

/** Filters in a thumbnail, of each the first input channel. */
const thumbnailFilters = 12;
const thumbnailColumns = 6;

/** The page that lists the runs under a directory, the newest first. Other directories are left out. */
export function renderRunsIndex(reports: string): string {
  const entries = runNames(reports)
    .map((name) => readEntry(reports, name))
    .sort((a, b) => (startOf(b) < startOf(a) ? -1 : startOf(b) > startOf(a) ? 1 : 0));
  return renderPage({
    title: 'Convbook runs',
    scripts: [readAsset('runs.js')],
    body: html`<div class="list">
      <header>
        <p class="kicker">Convbook</p>
        <h1>Runs</h1>
        <p class="lead">
          ${entries.length === 0 ? 'There are no runs yet. pnpm train makes one.' : `${formatPlural(entries.length, 'run')}, the newest first.`}
        </p>
      </header>
      <main id="content">${entries.length > 0 && runTable(entries)}</main>
    </div>`,
  });
}

function readEntry(reports: string, name: string): Entry {
  const directory = join(reports, name);
  const hasNotebook = existsSync(join(directory, runFiles.notebook));
  try {
    const record = readRecord(directory);
    return { name, record, filters: readFirstFilters(directory), hasNotebook };
  } catch (error) {
    if (!(error instanceof RunDirectoryError)) throw error;
    return { name, record: 'cannot be read', filters: null, hasNotebook };
  }
}

function startOf({ record }: Entry): string {
  return typeof record === 'string' ? '' : record.createdAt;
}

function runTable(entries: readonly Entry[]): Html {
  const of = (pick: (record: RunRecord) => string | undefined) => (entry: Entry) =>
    typeof entry.record === 'string' ? '–' : (pick(entry.record) ?? '–');
  const by = (pick: (record: RunRecord) => number | undefined) => (entry: Entry) =>
    typeof entry.record === 'string' ? -1 : (pick(entry.record) ?? -1);
  const modelName = ({ model }: RunRecord) => model.name;
  return renderTable<Entry>({
    caption: 'Runs in this directory',
    style: 'data runs',
    columns: [
      { head: 'First-layer filters', value: thumbnail },
      { head: 'Run', heading: true, value: runLink, sort: ({ name }) => name },
      { head: 'Model', value: of(modelName), sort: of(modelName) },
      { head: 'Data', value: of(({ data }) => data.name), sort: of(({ data }) => data.name) },
      {
        head: 'Test accuracy',
        numeric: true,
        value: of(({ result }) => result && formatPercent(result.testAccuracy)),
        sort: by(({ result }) => result?.testAccuracy),
      },
      {
        head: 'Time',
        numeric: true,
        value: of(({ result }) => result && formatDuration(result.elapsedSeconds)),
        sort: by(({ result }) => result?.elapsedSeconds),
      },
      {
        head: 'Images a second',
        numeric: true,
        value: of(({ result }) => result && formatCount(result.imagesPerSecond)),
        sort: by(({ result }) => result?.imagesPerSecond),
      },
      {
        head: 'Started (UTC)',
        value: of(({ createdAt }) => formatShortDate(createdAt)),
        sort: of(({ createdAt }) => createdAt),
      },
    ],
    rows: entries,
  });
}

function runLink({ name, record, hasNotebook }: Entry): Html {
  const status = typeof record === 'string' ? record : record.status;
  return html`${
    hasNotebook
      ? html`<a href="${encodeURIComponent(name)}/${runFiles.notebook}">${name}</a>`
      : name
  }${status !== 'complete' && html` <span class="status">${status}</span>`}`;
}

function thumbnail({ filters }: Entry): Html | string {
  if (filters === null) return '–';
  const shown = Math.min(thumbnailFilters, filters.shape[0]);
  const limit = largestWeight(filters);
  const pictures = Array.from({ length: shown }, (_, k) => channelPicture(filters, k, 0, limit));
  const sheet = tilePictures(pictures, Math.min(shown, thumbnailColumns));
  return pictureImage(sheet, '', 'thumbnail');
}
