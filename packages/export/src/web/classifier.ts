/// <reference lib="dom" />
import {
  createAnswerView,
  createDrawing,
  find,
  offerCamera,
  paintInput,
  readFilePixels,
  takeFiles,
  UnreadablePicture,
  type CanvasPixels,
  type ShownAnswer,
} from '@convbook/page/browser';
import {
  cameraName,
  drawingName,
  inLanguages,
  noDrawing,
  noInk,
  nothingGiven,
  type Text,
} from '@convbook/page/text';
import {
  readDrawing,
  readingText,
  readPicture,
  type ModelDescription,
  type PictureReading,
} from '@convbook/runtime/network';

/** Lets the page's parts give pictures to a model, and shows what it answers. */
export function createClassifier(
  { classNames, imageShape, pictures }: ModelDescription,
  answerTo: (bytes: Uint8Array) => ShownAnswer,
): void {
  const answers = createAnswerView(classNames);
  const seen = find<HTMLCanvasElement>('[data-seen]');
  const empty = new Uint8Array(seen.width * seen.height * imageShape[0]);
  /** Counts what was given, so that a picture which takes long to decode does not replace a later one. */
  let given = 0;

  const showNothing = (message: Text) => {
    paintInput(seen, empty.fill(pictures.ground?.grey ?? 0), imageShape);
    answers.clear(message);
  };
  const show = (reading: PictureReading, name: Text | string, blank: Text, more?: Text) => {
    if (reading.bytes === null) return showNothing(blank);
    paintInput(seen, reading.bytes, imageShape);
    const answer = answerTo(reading.bytes);
    const read = readingText(reading, Array.from(answer.probabilities));
    answers.show(answer, name, more ? inLanguages((l) => `${more[l]} ${read[l]}`) : read);
  };
  const showPicture = (pixels: CanvasPixels, name: Text | string, more?: Text) =>
    show(readPicture(pixels, imageShape, pictures), name, noInk(name), more);
  const showFiles = async (files: readonly File[]) => {
    const turn = ++given;
    const [file] = files;
    try {
      const pixels = await readFilePixels(file);
      if (turn !== given) return;
      showPicture(pixels, file.name, files.length > 1 ? firstOf(files.length) : undefined);
    } catch (error) {
      if (turn === given)
        showNothing(error instanceof UnreadablePicture ? error.text : failed(error));
    }
  };

  const canvas = document.querySelector<HTMLCanvasElement>('[data-draw]');
  if (canvas) {
    const drawing = createDrawing(canvas, (drawn) => {
      given++;
      show(readDrawing(drawn, imageShape, pictures), drawingName, noDrawing);
    });
    find('[data-clear]').addEventListener('click', () => {
      given++;
      drawing.clear();
      showNothing(noDrawing);
    });
  }
  const field = find<HTMLInputElement>('[data-file]');
  takeFiles({ field, target: document.body, isPasted: true }, (files) => void showFiles(files));
  offerCamera(find('[data-camera]'), (frame) => {
    given++;
    showPicture(frame, cameraName);
  });
  showNothing(nothingGiven);
}

/** The note where several files come at once. */
function firstOf(files: number): Text {
  return {
    en: `Only the first of ${files} files is read.`,
    ko: `파일 ${files}개 가운데 첫 번째만 읽었습니다.`,
  };
}

function failed(error: unknown): Text {
  return { en: `No answer: ${String(error)}`, ko: `답을 내지 못했습니다: ${String(error)}` };
}
