// onnxruntime-web on the models of test/peers, from ONNX files that PyTorch writes once.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { measurePeer, peersFolder, type PeerResult } from './peers.ts';
import { python } from './torch.ts';

const files = join(peersFolder, 'onnx');

/** Why onnxruntime-web cannot be measured on a model; null where it can, its file written. */
export async function whyNoOnnx(model: string): Promise<string | null> {
  if (!existsSync(join(peersFolder, 'node_modules', 'onnxruntime-web'))) {
    return 'onnxruntime-web is not installed; see test/peers/README.md';
  }
  if (existsSync(join(files, `${model}.onnx`))) return null;
  mkdirSync(files, { recursive: true });
  return promisify(execFile)(python, ['export_onnx.py', files, model], { cwd: peersFolder }).then(
    () => null,
    (error: unknown) => `PyTorch wrote no ONNX file of ${model}: ${lastLine(String(error))}`,
  );
}

/** Predicts `images` at once by onnxruntime-web's WASM on one thread, for about `seconds`. */
export function measureOnnx(model: string, images: number, seconds: number): Promise<PeerResult> {
  const command = [process.execPath, 'bench_onnx.mjs', `--images=${images}`];
  return measurePeer({ peer: 'onnxruntime-web', command }, model, 1, seconds);
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
