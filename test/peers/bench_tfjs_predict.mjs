// TensorFlow.js' prediction time, WASM, one thread.
//   node bench_tfjs_predict.mjs --model=simple-convnet --images=1
import { args, batches, emit, specOf, timePredictions } from './common.mjs';
import { makeModel, startTf } from './tfjs_model.mjs';
const o = { model: 'simple-convnet', images: 1, ...args() };
const spec = specOf(o);
const images = Number(o.images);
const base = { kind: 'predict', peer: 'TensorFlow.js', model: o.model, images, threads: 1, variant: `wasm, Node ${process.version}` };
try {
  const data = batches(spec, 4, images);
  const r = await timePredictions(async () => {
    const { tf } = await startTf('wasm');
    const model = makeModel(tf, spec);
    const inputs = data.map(({ x }) => model.input(x, images));
    return (i) => tf.tidy(() => model.forward(inputs[i % inputs.length]).dataSync());
  });
  emit({ ...base, img_s: (images / r.ms) * 1e3, ...r });
} catch (e) {
  emit({ ...base, error: String((e && e.message) || e).slice(0, 300) });
}
process.exit(0);
