// Systems that predict by the models of test/peers: onnxruntime-web, from ONNX files that PyTorch writes once, and
// TensorFlow.js.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { measurePeer, peersFolder, type PeerResult } from './peers.ts';
import { python } from './torch.ts';

const files = join(peersFolder, 'onnx');

/** Why onnxruntime-web cannot be measured on a model; null where it can, its file written. */
async function whyNoOnnx(model: string): Promise<string | null> {
  if (!isInstalled('onnxruntime-web')) {
    return 'onnxruntime-web is not installed; see test/peers/README.md';
  }
  if (existsSync(join(files, `${model}.onnx`))) return null;
  mkdirSync(files, { recursive: true });
  return promisify(execFile)(python, ['export_onnx.py', files, model], { cwd: peersFolder }).then(
    () => null,
    (error: unknown) => `PyTorch wrote no ONNX file of ${model}: ${lastLine(String(error))}`,
  );
}

/** A system whose predictions are measured; `file` is its program in test/peers. */
export interface PredictingPeer {
  readonly peer: string;
  readonly file: string;
}

const onnx: PredictingPeer = { peer: 'onnxruntime-web', file: 'bench_onnx.mjs' };
const tfjs: PredictingPeer = { peer: 'TensorFlow.js', file: 'bench_tfjs_predict.mjs' };

/** The systems that can predict by a model, and why others cannot. */
export async function predictingPeers(
  model: string,
): Promise<{ peers: readonly PredictingPeer[]; missing: readonly string[] }> {
  const why = await whyNoOnnx(model);
  const hasTfjs = isInstalled(join('@tensorflow', 'tfjs-backend-wasm'));
  return {
    peers: [...(why === null ? [onnx] : []), ...(hasTfjs ? [tfjs] : [])],
    missing: [
      ...(why === null ? [] : [why]),
      ...(hasTfjs ? [] : ['TensorFlow.js is not installed; see test/peers/README.md']),
    ],
  };
}

/** Predicts `images` at once on one thread, for about `seconds` after as long a warm-up. */
export function measurePredictingPeer(
  { peer, file }: PredictingPeer,
  model: string,
  images: number,
  seconds: number,
): Promise<PeerResult> {
  const command = [process.execPath, file, `--images=${images}`];
  return measurePeer({ peer, command }, model, 1, seconds);
}

function isInstalled(name: string): boolean {
  return existsSync(join(peersFolder, 'node_modules', name));
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
