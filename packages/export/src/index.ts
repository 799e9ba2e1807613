export type { ExportedFile, ExportedModel, ExportFormat, ExportOptions } from './export-format.ts';
export { exportFormats } from './formats.ts';
export { readExportedModel } from './read-exported-model.ts';
export { writeExport, type ExportTarget } from './write-export.ts';
