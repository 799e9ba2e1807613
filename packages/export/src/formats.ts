import type { ExportFormat } from './export-format.ts';

/** Every format, by its name. */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {};
