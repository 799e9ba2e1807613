import type { ExportFormat } from './export-format.ts';
import { onnxFormat } from './onnx/onnx-format.ts';

/** Every format, by its name. */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  onnx: onnxFormat,
};
