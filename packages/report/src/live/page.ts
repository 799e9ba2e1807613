/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of the live cells. Everything it needs is in the page.
import { resolveModel } from '@convbook/layers';
import type { Text } from '@convbook/page/text';
import {
  centerDigit,
  createPredictor,
  fitImage,
  splitParameters,
  type LayerValues,
  type Predictor,
} from '@convbook/runtime';
import { createAnswerView } from './answer-view.ts';
import { createDrawing } from './drawing.ts';
import { find, say } from './find.ts';
import { createMaps } from './maps-view.ts';
import type { LivePayload } from './payload.ts';
import { createPixelView } from './pixel-view.ts';

const blank: Text = {
  en: 'The canvas is blank: draw something first',
  ko: '캔버스가 비어 있습니다. 먼저 무언가를 그리십시오',
};

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function unzip(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([fromBase64(text)]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

async function start(): Promise<void> {
  const source = find<HTMLTemplateElement>('#live-data').content.textContent;
  const payload = JSON.parse(source) as LivePayload;
  const module = await WebAssembly.compile(fromBase64(payload.kernels));
  const resolved = resolveModel(payload.model);
  const parameters = splitParameters(resolved, await unzip(payload.weightsGz));
  const images = new Uint8Array(await unzip(payload.imagesGz));
  const { scaling } = payload;
  run(payload, createPredictor({ module, model: resolved, parameters, scaling }), images);
  for (const note of document.querySelectorAll<HTMLElement>('[data-unavailable]'))
    note.hidden = true;
  for (const part of document.querySelectorAll<HTMLElement>(
    '[data-live],[data-maps],[data-pixel]',
  )) {
    part.hidden = false;
  }
}

function run(payload: LivePayload, model: Predictor, images: Uint8Array): void {
  const { input } = payload.model;
  const [channels, height, width] = input;
  const size = channels * height * width;
  const answers = createAnswerView(payload.classNames);
  const pixel = createPixelView(model);
  const maps = createMaps(model, pixel?.choose ?? (() => undefined));
  const seen = find<HTMLCanvasElement>('[data-seen]');
  let current: Uint8Array | null = null;

  const show = (bytes: Uint8Array | null, name: Text | string) => {
    current = bytes;
    paintInput(seen, bytes ?? new Uint8Array(size), input);
    if (bytes === null) {
      answers.clear(blank);
      return;
    }
    const answer: LayerValues = model.layerValues(bytes);
    answers.show(answer.logits, name);
    maps.show(answer);
    pixel?.show(answer);
  };

  const canvas = document.querySelector<HTMLCanvasElement>('[data-draw]');
  const drawing =
    canvas &&
    createDrawing(canvas, (ink, columns, rows) =>
      show(centerDigit(ink, columns, rows), { en: 'Your drawing', ko: '그린 그림' }),
    );
  document.querySelector('[data-clear]')?.addEventListener('click', () => {
    drawing?.clear();
    show(null, '');
  });

  const samples = document.querySelector<HTMLSelectElement>('[data-sample]');
  const showSample = () => {
    if (!samples || samples.value === '') return;
    const k = Number(samples.value);
    const { index } = payload.samples[k];
    const name = { en: `Test image ${index}`, ko: `시험 이미지 ${index}` };
    show(images.slice(k * size, (k + 1) * size), name);
    drawing?.paint(seen);
  };
  samples?.addEventListener('change', showSample);

  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-shift]')) {
    button.addEventListener('click', () => {
      const [right, down] = (button.dataset.shift ?? '0,0').split(',').map(Number);
      if (!current) return;
      show(shift(current, input, right, down), { en: 'The shifted image', ko: '옮긴 이미지' });
      drawing?.paint(seen);
    });
  }

  const showFile = (file: File | undefined) => {
    if (!file) return;
    void readPixels(file).then(
      (pixels) => {
        show(fitImage(pixels, input), file.name);
        drawing?.paint(seen);
      },
      () =>
        answers.clear({
          en: `${file.name} is not an image this browser can read`,
          ko: `${file.name}: 이 브라우저가 읽을 수 있는 이미지가 아닙니다`,
        }),
    );
  };
  find<HTMLInputElement>('[data-file]').addEventListener('change', (event) =>
    showFile((event.target as HTMLInputElement).files?.[0]),
  );
  listenForDrops(find('[data-live]'), showFile);

  if (samples && samples.options.length > 1) {
    samples.selectedIndex = 1;
    showSample();
  } else show(null, '');
}

/** Takes an image file dropped on a part of the page. */
function listenForDrops(target: HTMLElement, onFile: (file: File | undefined) => void): void {
  const mark = (isOver: boolean) => target.classList.toggle('over', isOver);
  target.addEventListener('dragover', (event) => {
    event.preventDefault(); // else the browser would open the file
    mark(true);
  });
  target.addEventListener('dragleave', () => mark(false));
  target.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    onFile(event.dataTransfer?.files[0]);
  });
}

function paintInput(canvas: HTMLCanvasElement, bytes: Uint8Array, shape: readonly number[]): void {
  const [channels, height, width] = shape;
  const image = new ImageData(width, height);
  for (let place = 0; place < height * width; place++) {
    for (let c = 0; c < 3; c++) {
      image.data[place * 4 + c] = bytes[(channels === 3 ? c : 0) * height * width + place];
    }
    image.data[place * 4 + 3] = 255;
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

function shift(bytes: Uint8Array, shape: readonly number[], right: number, down: number) {
  const [channels, height, width] = shape;
  const moved = new Uint8Array(bytes.length);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [toX, toY] = [x + right, y + down];
        if (toX < 0 || toY < 0 || toX >= width || toY >= height) continue;
        moved[(c * height + toY) * width + toX] = bytes[(c * height + y) * width + x];
      }
    }
  }
  return moved;
}

async function readPixels(file: File) {
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const rgb = Uint8Array.from(
    { length: width * height * 3 },
    (_, k) => data[Math.floor(k / 3) * 4 + (k % 3)],
  );
  return { width, height, channels: 3 as const, data: rgb };
}

if (document.querySelector('#live-data')) {
  start().catch((error: unknown) => {
    for (const note of document.querySelectorAll('[data-unavailable]')) {
      say(note, {
        en: `This part does not run in this browser: ${String(error)}`,
        ko: `이 부분은 이 브라우저에서 작동하지 않습니다: ${String(error)}`,
      });
    }
  });
}
