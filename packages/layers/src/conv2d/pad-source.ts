import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import type { ConvGeometry } from './geometry.ts';

/** A convolution's input with its padding of zeros. */
export interface PaddedSource {
  readonly place: Place;
  readonly width: number;
  /** Bytes of one channel. */
  readonly plane: number;
  readonly calls: readonly Call[];
}

/** The input itself where nothing is padded. The copy's memory is reused by the next one planned. */
export function padSource(
  { arena, input }: EvaluationContext,
  geometry: ConvGeometry,
): PaddedSource {
  const { channels, window, inputSize, inputPlane, lanes } = geometry;
  const { padding } = window;
  if (padding[0] === 0 && padding[1] === 0) {
    return { place: input, width: inputSize[1], plane: inputPlane, calls: [] };
  }
  const height = inputSize[0] + 2 * padding[0];
  const width = inputSize[1] + 2 * padding[1];
  const position = lanes * 4;
  const plane = height * width * position;
  const [place] = arena.borrow(channels * plane);
  const copy = call('copyPlanes', {
    to: after(place, (padding[0] * width + padding[1]) * position),
    toPlane: plane,
    toRow: width * position,
    from: input,
    fromPlane: inputPlane,
    fromRow: inputSize[1] * position,
    planes: channels,
    rows: inputSize[0],
    rowBytes: inputSize[1] * position,
  });
  return {
    place,
    width,
    plane,
    calls: [call('clear', { at: place, size: channels * plane }), copy],
  };
}
