/** Words in Latin letters that Korean text keeps: names, formats, units, functions and single letters of formulas. */
const kept = new Set(
  [
    'Convbook MNIST mnist simple-convnet Adam WebAssembly JavaScript Node V8 Python pnpm train spec Vega-Lite',
    'relu ReLU MAC shape receptive field Grad-CAM CAM ECE F1 SHA-256 UTC B KiB MiB GiB GFLOP CSV',
    'max min ln tanh',
    'SVG PNG gradient ascent PCA KB Erhan Yosinski Olah Enter Esc',
    'dX dW dY taewan.kim SimpleConvNet OH OW TensorFlow PyTorch Keras LeNet AlexNet im2col col2im Sobel Xavier He SGD AdaGrad RMSprop AdamW Nesterov L1 L2 CNN',
    'taewan taewan-fc keras-figure lenet tf-tutorial two-stage batched-cnn ONNX',
    'Northcutt metrics.ndjson.gz timing.ndjson.gz run.json',
  ].flatMap((line) => line.split(' ')),
);

/** Words of Korean text that are neither Korean nor among those it keeps. */
export function foreignWords(text: string): string[] {
  const words = text.replaceAll(field, '').match(/\p{Script=Latin}[\p{Script=Latin}\d.-]*/gu) ?? [];
  return words.map((word) => word.replace(/[.-]+$/, '')).filter((word) => !isKept(word));
}

/** A field that a chart's words have in their place: `{y:percent}`. */
const field = /\{\w+(?::\w+)?\}/g;

/** Layers as models name them, and exponents of numbers. */
const patterns = /^(?:(?:conv|pool|flatten|dense|relu)\d+|e-?\d+)$/;

function isKept(word: string): boolean {
  return word.length === 1 || kept.has(word) || patterns.test(word);
}
