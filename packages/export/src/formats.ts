import type { ExportFormat } from './export-format.ts';
import { pytorchFormat } from './pytorch/format.ts';

/** Every format, by its name. */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  pytorch: pytorchFormat,
};
