/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The script of the live cells. Everything it needs is in the page.
import {
  createAnswerView,
  createDrawing,
  find,
  offerCamera,
  paintInput,
  readFilePixels,
  say,
  takeFiles,
  UnreadablePicture,
} from '@convbook/page/browser';
import {
  cameraName,
  drawingName,
  noDrawing,
  noInk,
  nothingGiven,
  type Text,
} from '@convbook/page/text';
import {
  createPredictor,
  loadNetwork,
  readDrawing,
  readingText,
  readPicture,
  type LayerValues,
  type PictureReading,
  type Pixels,
  type Predictor,
} from '@convbook/runtime/network';
import { predictions, softmax } from '../analysis/evaluation.ts';
import { createLayerColumns } from './layer-columns.ts';
import { createMaps } from './maps-view.ts';
import type { LivePayload } from './payload.ts';
import { createPixelView } from './pixel-view.ts';

const darkPicture: Text = {
  en: 'The camera’s picture shows nothing but its ground',
  ko: '카메라 사진에 바탕만 있고 아무것도 보이지 않습니다',
};

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
  const pixel = createPixelView(model, input, (chosen) => maps.mark(chosen));
  const maps = createMaps(model, (chosen) => pixel?.choose(chosen) ?? false);
  const imageOf = (sample: number) => images.slice(sample * size, (sample + 1) * size);
  createLayerColumns({ model, classNames, samples: payload.samples, image: imageOf });
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
    const { logits } = answer;
    const probabilities = softmax(logits);
    const [best] = predictions({
      samples: 1,
      classes: logits.length,
      logits,
      labels: new Uint8Array(1),
    });
    answers.show({ logits, probabilities, class: best }, name, readingText(reading, probabilities));
    maps.show(answer);
    pixel?.show(answer, bytes);
  };
  const showNothing = (message: Text) => {
    current = null;
    paintInput(seen, new Uint8Array(size).fill(ground), input);
    answers.clear(message);
  };
  const samples = document.querySelector<HTMLSelectElement>('[data-sample]');
  /** No test image is chosen while another image is shown. */
  const leaveSamples = () => {
    if (samples) samples.value = '';
  };
  const showReading = (reading: PictureReading, name: Text | string, message: Text) => {
    leaveSamples();
    if (reading.bytes === null) showNothing(message);
    else show(reading.bytes, name, reading);
  };

  const canvas = document.querySelector<HTMLCanvasElement>('[data-draw]');
  const drawing =
    canvas &&
    createDrawing(canvas, (drawn) =>
      showReading(readDrawing(drawn, input, pictures), drawingName, noDrawing),
    );
  document.querySelector('[data-clear]')?.addEventListener('click', () => {
    leaveSamples();
    drawing?.clear();
    showNothing(noDrawing);
  });

  const showSample = () => {
    if (!samples || samples.value === '') return;
    const k = Number(samples.value);
    const { index } = payload.samples[k];
    const name = { en: `Test image ${index}`, ko: `시험 이미지 ${index}` };
    show(imageOf(k), name);
    drawing?.paint(seen);
  };
  samples?.addEventListener('change', showSample);

  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-shift]')) {
    button.addEventListener('click', () => {
      const [right, down] = (button.dataset.shift ?? '0,0').split(',').map(Number);
      if (!current) return;
      leaveSamples();
      show(shift(current, input, right, down, ground), {
        en: 'The shifted image',
        ko: '옮긴 이미지',
      });
      drawing?.repaint(seen);
    });
  }

  const showPicture = (pixels: Pixels, name: Text | string, message: Text) => {
    showReading(readPicture(pixels, input, pictures), name, message);
    drawing?.paint(seen);
  };
  const showFile = async (file: File) => {
    try {
      showPicture(await readFilePixels(file), file.name, noInk(file.name));
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      answers.clear(error.text);
    }
  };
  const places = {
    field: find<HTMLInputElement>('[data-file]'),
    target: find<HTMLElement>('[data-live]'),
  };
  takeFiles(places, ([file]) => void showFile(file));
  offerCamera(find('[data-camera]'), (frame) => showPicture(frame, cameraName, darkPicture));

  if (samples && samples.options.length > 1) {
    samples.selectedIndex = 1;
    showSample();
  } else showNothing(drawing ? noDrawing : nothingGiven);
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
