export type { ExportFormat, ExportOptions, ExportedFile } from './export-format.ts';
export { exportFormats } from './formats.ts';
export { isVerified, mostDifference } from './verification.ts';
export type { TestSet, Verification } from './verification.ts';
export { writeExport, type ExportTarget } from './write-export.ts';
