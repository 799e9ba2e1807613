// TensorFlow.js training step time.
//   node bench_tfjs.mjs --model=simple-convnet --backend=cpu|wasm [--filtergrad=none|conv3d|conv2d] [--threads=N]
import { args, specOf, scaled, batches, timeSteps, emit, sinceStart } from './common.mjs';
import { startTf, makeModel } from './tfjs_model.mjs';
const o = { model: 'simple-convnet', backend: 'cpu', filtergrad: 'none', threads: 0, ...args() };
const spec = specOf(o);
const base = {
  kind: 'step', peer: 'tfjs-' + o.backend, model: o.model, threads: Number(o.threads) || 1,
  variant: o.backend === 'wasm' ? `filtergrad=${o.filtergrad}, Node ${process.version}` : '', opt: 'adam', batch: spec.batch,
};
try {
  const { tf, note } = await startTf(o.backend, { filterGrad: o.filtergrad, threads: Number(o.threads) });
  const import_s = sinceStart();
  const model = makeModel(tf, spec);
  const data = batches(spec).map((b) => ({
    x: model.input(b.x, spec.batch),
    y: tf.tidy(() => tf.oneHot(tf.tensor1d(b.y, 'int32'), spec.classes).toFloat()),
  }));
  const opt = tf.train.adam(1e-3);
  const losses = [];
  const step = (i) => {
    const { x, y } = data[i % data.length];
    const l = opt.minimize(() => tf.losses.softmaxCrossEntropy(y, model.forward(x)), true);
    losses.push(l.dataSync()[0]);
    l.dispose();
  };
  const ready_s = sinceStart();
  const r = await timeSteps(step);
  emit({ ...base, note, import_s, ready_s, loss0: losses[0], lossN: losses.at(-1), ...scaled(spec, r) });
  process.exit(0);
} catch (e) {
  emit({ ...base, error: String(e && e.message || e).slice(0, 300) });
  process.exit(0);
}
