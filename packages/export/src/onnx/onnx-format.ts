import type { ExportFormat } from '../export-format.ts';
import { toOnnx } from './onnx-model.ts';
import { verifyOnnx } from './verify-onnx.ts';

/** `--format onnx`. */
export const onnxFormat: ExportFormat = {
  help: 'ONNX, one file for ONNX Runtime and other programs',
  usualName: 'model.onnx',
  isPage: false,
  files: (trained, options) => Promise.resolve([{ path: '', bytes: toOnnx(trained, options) }]),
  verify: ([{ bytes }], ...of) => verifyOnnx(bytes, ...of),
};
