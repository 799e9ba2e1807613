/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of the live cells. Everything it needs is in the page.
import type { Text } from '@convbook/page/text';
import {
  createPredictor,
  loadNetwork,
  readDrawing,
  readPicture,
  type LayerValues,
  type PictureReading,
  type Pixels,
  type Predictor,
} from '@convbook/runtime/network';
import { createAnswerView } from './answer-view.ts';
import { offerCamera } from './camera.ts';
import { createDrawing } from './drawing.ts';
import { find, say } from './find.ts';
import { createMaps } from './maps-view.ts';
import type { LivePayload } from './payload.ts';
import { createPixelView } from './pixel-view.ts';
import { readFilePixels } from './read-pixels.ts';

const blank: Text = {
  en: 'The canvas is blank: draw something first',
  ko: '캔버스가 비어 있습니다. 먼저 무언가를 그리십시오',
};
const yourDrawing: Text = { en: 'Your drawing', ko: '그린 그림' };
const yourPicture: Text = { en: 'The camera’s picture', ko: '카메라 사진' };
const darkPicture: Text = {
  en: 'The camera’s picture shows nothing but its ground',
  ko: '카메라 사진에 바탕만 있고 아무것도 보이지 않습니다',
};
const nothing: Text = { en: 'Nothing given yet', ko: '아직 넣은 것이 없습니다' };

/** An image of the test set needs no reading. */
const asItIs = { steps: [], doubts: [] };

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
  const files = { model: payload.description, weights: await unzip(payload.weightsGz) };
  const kernels = WebAssembly.compile(fromBase64(payload.kernels));
  const [{ network }, images] = await Promise.all([
    loadNetwork(files, kernels),
    unzip(payload.imagesGz),
  ]);
  run(payload, createPredictor(network), new Uint8Array(images));
  for (const note of document.querySelectorAll<HTMLElement>('[data-unavailable]'))
    note.hidden = true;
  for (const part of document.querySelectorAll<HTMLElement>(
    '[data-live],[data-maps],[data-pixel]',
  )) {
    part.hidden = false;
  }
}

function run(payload: LivePayload, model: Predictor, images: Uint8Array): void {
  const { pictures, classNames, imageShape: input } = payload.description;
  const [channels, height, width] = input;
  const size = channels * height * width;
  const answers = createAnswerView(classNames);
  const pixel = createPixelView(model);
  const maps = createMaps(model, pixel?.choose ?? (() => undefined));
  const seen = find<HTMLCanvasElement>('[data-seen]');
  const ground = pictures.ground?.grey ?? 0;
  let current: Uint8Array | null = null;

  const show = (
    bytes: Uint8Array,
    name: Text | string,
    reading: Pick<PictureReading, 'steps' | 'doubts'> = asItIs,
  ) => {
    current = bytes;
    paintInput(seen, bytes, input);
    const answer: LayerValues = model.layerValues(bytes);
    answers.show(answer.logits, name, reading);
    maps.show(answer);
    pixel?.show(answer);
  };
  const showNothing = (message: Text) => {
    current = null;
    paintInput(seen, new Uint8Array(size).fill(ground), input);
    answers.clear(message);
  };
  const showReading = (reading: PictureReading, name: Text | string, message: Text) =>
    reading.bytes === null ? showNothing(message) : show(reading.bytes, name, reading);

  const canvas = document.querySelector<HTMLCanvasElement>('[data-draw]');
  const drawing =
    canvas &&
    createDrawing(canvas, (drawn) =>
      showReading(readDrawing(drawn, input, pictures), yourDrawing, blank),
    );
  document.querySelector('[data-clear]')?.addEventListener('click', () => {
    drawing?.clear();
    showNothing(blank);
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
      show(shift(current, input, right, down, ground), {
        en: 'The shifted image',
        ko: '옮긴 이미지',
      });
      drawing?.paint(seen);
    });
  }

  const showPicture = (pixels: Pixels, name: Text | string, message: Text) => {
    showReading(readPicture(pixels, input, pictures), name, message);
    drawing?.paint(seen);
  };
  const showFile = (file: File | undefined) => {
    if (!file) return;
    void readFilePixels(file).then(
      (pixels) =>
        showPicture(pixels, file.name, {
          en: `${file.name} shows nothing but its ground`,
          ko: `${file.name}: 바탕만 있고 아무것도 보이지 않습니다`,
        }),
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
  offerCamera(find('[data-camera]'), (frame) => showPicture(frame, yourPicture, darkPicture));

  if (samples && samples.options.length > 1) {
    samples.selectedIndex = 1;
    showSample();
  } else showNothing(drawing ? blank : nothing);
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

function shift(
  bytes: Uint8Array,
  shape: readonly number[],
  right: number,
  down: number,
  ground: number,
) {
  const [channels, height, width] = shape;
  const moved = new Uint8Array(bytes.length).fill(ground);
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
