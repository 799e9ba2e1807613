// onnxruntime-web's prediction time, WASM, one thread.
//   node bench_onnx.mjs --model=simple-convnet --images=1
// The ONNX file is that of export_onnx.py, in the folder onnx.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-web';
import { HERE, args, batches, emit, specOf, timePredictions } from './common.mjs';
const o = { model: 'simple-convnet', images: 1, ...args() };
const spec = specOf(o);
const images = Number(o.images);
const base = { kind: 'predict', peer: 'onnxruntime-web', model: o.model, images, threads: 1, variant: `wasm ${ort.env.versions.web}, Node ${process.version}` };
try {
  ort.env.wasm.numThreads = 1;
  const file = path.join(HERE, 'onnx', `${o.model}.onnx`);
  const data = batches(spec, 4, images);
  const r = await timePredictions(async () => {
    const session = await ort.InferenceSession.create(readFileSync(file), { executionProviders: ['wasm'] });
    const inputs = data.map(({ x }) => new ort.Tensor('float32', x, [images, ...spec.input]));
    return async (i) => {
      const { y } = await session.run({ x: inputs[i % inputs.length] });
      if (y.data.length !== images * spec.classes) throw new Error(`expected ${images * spec.classes} outputs, got ${y.data.length}`);
    };
  });
  emit({ ...base, img_s: (images / r.ms) * 1e3, ...r });
} catch (e) {
  emit({ ...base, error: String((e && e.message) || e).slice(0, 300) });
}
process.exit(0);
