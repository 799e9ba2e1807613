// pnpm bench --predict: our predictions and, with peers, those of onnxruntime-web and TensorFlow.js, in turns.
import { say, style } from 'convbook/progress';
import { measurePredictions } from './measure.ts';
import type { PeerResult } from './peers.ts';
import { predictionsHead, predictionsRows, summarizePredictions } from './predict-table.ts';
import { measurePredictingPeer, predictingPeers, type PredictingPeer } from './predicting-peers.ts';
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

const note =
  'One thread each, narrow kernels as in pages; other systems by their WASM. Loading goes from the files to the first answer.';

/** Measures every model, and prints each as soon as it is measured. */
export async function benchPredictions(options: Options): Promise<void> {
  if (!options.json) say(`${note}\n${style('bold', predictionsHead)}`);
  for (const model of options.model) {
    const { peers, missing } = options.peers
      ? await predictingPeers(model)
      : { peers: [], missing: [] };
    for (const why of missing) say(style('yellow', why));
    for (const images of counts) await benchModel(model, images, peers, options);
  }
}

async function benchModel(
  model: string,
  images: number,
  peers: readonly PredictingPeer[],
  { repeat, seconds, json }: Options,
): Promise<void> {
  const ours: PredictionTime[] = [];
  const theirs: PeerResult[] = [];
  for (let round = 0; round < repeat; round++) {
    ours.push(await measurePredictions({ model, images, seconds }));
    for (const peer of peers)
      theirs.push(await measurePredictingPeer(peer, model, images, seconds));
  }
  const summary = summarizePredictions(ours, theirs);
  const lines = json ? [JSON.stringify(summary)] : predictionsRows(summary);
  for (const line of lines) process.stdout.write(`${line}\n`);
}
