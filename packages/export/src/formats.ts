import { appFormat } from './app/app-format.ts';
import type { ExportFormat } from './export-format.ts';
import { webFormat } from './web/web-format.ts';

/** Every format, by its name. */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  app: appFormat,
  web: webFormat,
};
