/// <reference lib="dom" />
// Start here: it classifies pictures with the model in this folder. After a change, compile it in this folder:
//   npx -p typescript tsc
import { loadModel } from './convbook-runtime.js';

const find = (id: string) => document.getElementById(id) as HTMLInputElement;
const say = (text: string) =>
  find('answers').prepend(Object.assign(document.createElement('li'), { textContent: text }));
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** The pixels of a picture, its longer side at most 2048. */
async function pixelsOf(file: File): Promise<ImageData> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error('not an image this browser can read · 이 브라우저가 읽을 수 없는 이미지입니다');
  });
  const scale = Math.min(1, 2048 / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

async function start(): Promise<void> {
  const model = await loadModel({ model: 'model.json', weights: 'model.safetensors' });
  const answer = (pixels: ImageData) => {
    const best = model.predict(pixels).top.slice(0, 3);
    return best.map((one) => `${one.className} ${percent(one.probability)}`).join(', ');
  };
  const take = async (files: FileList | null | undefined) => {
    for (const file of Array.from(files ?? [])) {
      const text = await pixelsOf(file).then(answer).catch(reasonOf);
      say(`${file.name}: ${text}`);
    }
  };
  find('file').addEventListener('change', () => void take(find('file').files));
  document.addEventListener('paste', (event) => void take(event.clipboardData?.files));
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    void take(event.dataTransfer?.files);
  });
}

start().catch((error: unknown) => say(reasonOf(error)));
