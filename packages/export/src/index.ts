export type { ExportFormat, ExportOptions, ExportedFile } from './export-format.ts';
export { exportFormats } from './formats.ts';
export { writeExport, type ExportTarget } from './write-export.ts';
