/// <reference lib="dom" />
import type { Text } from '../text/index.ts';
import type { CanvasPixels } from './canvas-pixels.ts';
import { find, say } from './find.ts';
import { readPixels } from './read-pixels.ts';

/** Why the camera does not start, by the name of the browser's error. */
const refusals: Readonly<Record<string, Text>> = {
  NotAllowedError: {
    en: 'The browser does not allow this page to use the camera',
    ko: '브라우저가 이 페이지의 카메라 사용을 허용하지 않았습니다',
  },
  NotFoundError: { en: 'There is no camera', ko: '카메라가 없습니다' },
};
const broken: Text = { en: 'The camera does not start', ko: '카메라가 시작되지 않습니다' };

/**
 * Offers the camera where the browser has one to give; `onFrame` receives each picture that is taken. The
 * camera is released by its button, and when the page is left.
 */
export function offerCamera(part: HTMLElement, onFrame: (frame: CanvasPixels) => void): void {
  if (!isSecureContext || !('mediaDevices' in navigator)) return;
  const video = find<HTMLVideoElement>('video', part);
  const said = find<HTMLElement>('[data-camera-said]', part);
  const [start, take, stop] = ['start', 'take', 'stop'].map((name) =>
    find<HTMLButtonElement>(`[data-camera-${name}]`, part),
  );
  let stream: MediaStream | null = null;

  const showRunning = (isRunning: boolean) => {
    start.hidden = isRunning;
    video.hidden = take.hidden = stop.hidden = !isRunning;
  };
  const release = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    showRunning(false);
  };
  const open = async () => {
    start.disabled = true;
    say(said, '');
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      video.srcObject = stream;
      await video.play();
      showRunning(true);
    } catch (error) {
      release();
      say(said, (error instanceof Error ? refusals[error.name] : undefined) ?? broken);
    }
    start.disabled = false;
  };

  start.addEventListener('click', () => void open());
  take.addEventListener('click', () =>
    onFrame(readPixels(video, video.videoWidth, video.videoHeight)),
  );
  stop.addEventListener('click', release);
  addEventListener('pagehide', release);
  part.hidden = false;
}
