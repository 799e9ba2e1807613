/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The model at work on one image at a time.
import {
  createAnswerView,
  createDrawing,
  find,
  offerCamera,
  paintInput,
  readFilePixels,
  takeFiles,
  UnreadablePicture,
} from '@convbook/page/browser';
import {
  cameraName,
  drawingName,
  noDrawing,
  noInk,
  nothingGiven,
  toText,
  type Text,
} from '@convbook/page/text';
import {
  readDrawing,
  readingText,
  readPicture,
  type LayerValues,
  type PictureReading,
  type Pixels,
} from '@convbook/runtime/network';
import { predictions, softmax } from '../analysis/evaluation.ts';
import { testImageName } from '../images/test-image-name.ts';
import { createExplainFold } from './explain-fold.ts';
import type { LiveSources } from './inspector-content.ts';
import { createLayerColumns } from './layer-columns.ts';
import { createMaps } from './maps-view.ts';
import { createPixelView } from './pixel-view.ts';
import type { TestSet } from './test-set.ts';

/** The requests that other parts of the page may make. */
export interface TryIt {
  /** Shows an image of the test set; nothing where the page does not have it. */
  showTestImage(index: number): void;
}

const darkPicture: Text = {
  en: 'The camera’s picture shows nothing but its ground',
  ko: '카메라 사진에 바탕만 있고 아무것도 보이지 않습니다',
};

/** An image of the test set needs no reading. */
const asItIs = { steps: [], doubts: [] };

/** Starts the cells that show a model at work on an image, which one draws, gives or chooses. */
export function createTryIt(
  { model: { description, predictor: model, choice }, explainer }: LiveSources,
  testSet: TestSet | null,
): TryIt {
  const { pictures, classNames, imageShape: input } = description;
  const [channels, height, width] = input;
  const size = channels * height * width;
  const answers = createAnswerView(classNames);
  const pixel = createPixelView(model, input, (chosen) => maps.mark(chosen));
  const maps = createMaps(model, (chosen) => pixel?.choose(chosen) ?? false);
  const why = createExplainFold({ explainer, classNames, imageShape: input });
  const offered = choice.filter((index) => testSet?.image(index));
  if (testSet) createLayerColumns({ model, testSet, choice: offered });
  const seen = find<HTMLCanvasElement>('[data-seen]');
  const ground = pictures.ground?.grey ?? 0;
  let current: Uint8Array | null = null;

  const show = (
    bytes: Uint8Array,
    name: Text | string,
    reading: Pick<PictureReading, 'steps' | 'doubts'> = asItIs,
    label: number | null = null,
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
    const subject = typeof name === 'string' ? toText(name) : name;
    why?.show({ bytes, subject, probabilities, prediction: best, label });
    maps.show(answer);
    pixel?.show(answer, bytes);
  };
  const showNothing = (message: Text) => {
    current = null;
    paintInput(seen, new Uint8Array(size).fill(ground), input);
    answers.clear(message);
    why?.clear();
  };
  const samples = document.querySelector<HTMLSelectElement>('[data-sample]');
  for (const option of samples ? [...samples.options].slice(1) : []) {
    if (!offered.includes(Number(option.value))) option.remove();
  }
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

  const showTestImage = (index: number) => {
    const bytes = testSet?.image(index);
    if (!bytes) return;
    show(bytes, testImageName(index), asItIs, testSet?.answer(index).label ?? null);
    drawing?.paint(seen);
    if (samples) samples.value = offered.includes(index) ? String(index) : '';
  };
  samples?.addEventListener('change', () => {
    if (samples.value !== '') showTestImage(Number(samples.value));
  });

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

  if (samples && offered.length > 0) showTestImage(offered[0]);
  else showNothing(drawing ? noDrawing : nothingGiven);
  return { showTestImage };
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
