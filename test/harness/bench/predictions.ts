// pnpm bench --predict: our predictions and, with peers, those of onnxruntime-web, in turns.
import { say, style } from 'convbook/progress';
import { measurePredictions } from './measure.ts';
import { measureOnnx, whyNoOnnx } from './onnx.ts';
import type { PeerResult } from './peers.ts';
import { predictionsHead, predictionsRow, summarizePredictions } from './predict-table.ts';
import type { PredictionTime } from './time-predictions.ts';

interface Options {
  readonly model: readonly string[];
  readonly repeat: number;
  readonly seconds: number;
  readonly peers?: true;
  readonly json?: true;
}

/** Images of a call: a user's one, and a batch. */
const counts = [1, 100];

/** Measures every model, and prints each as soon as it is measured. */
export async function benchPredictions(options: Options): Promise<void> {
  const note = 'One thread each, narrow kernels as in pages; onnxruntime-web by its WASM.';
  if (!options.json) say(`${note}\n${style('bold', predictionsHead)}`);
  for (const model of options.model) {
    const why = options.peers ? await whyNoOnnx(model) : null;
    if (why !== null) say(style('yellow', why));
    const hasPeer = options.peers === true && why === null;
    for (const images of counts) await benchModel(model, images, hasPeer, options);
  }
}

async function benchModel(
  model: string,
  images: number,
  hasPeer: boolean,
  { repeat, seconds, json }: Options,
): Promise<void> {
  const ours: PredictionTime[] = [];
  const peers: PeerResult[] = [];
  for (let round = 0; round < repeat; round++) {
    ours.push(await measurePredictions({ model, images, seconds }));
    if (hasPeer) peers.push(await measureOnnx(model, images, seconds));
  }
  const summary = summarizePredictions(ours, peers);
  process.stdout.write(`${json ? JSON.stringify(summary) : predictionsRow(summary)}\n`);
}
