// Handwritten digits as bytes: how many, then a label each, then their pixels, `[count, 28, 28]`.

/** Rows and columns of a digit. */
export const digitSide = 28;
const area = digitSide ** 2;

interface Digits {
  readonly count: number;
  readonly labels: Uint8Array;
  /** Bytes `[count, 28, 28]`, 0 black. */
  readonly pixels: Uint8Array;
}

export function readDigits(bytes: Uint8Array): Digits {
  const count = bytes.length / (1 + area);
  return { count, labels: bytes.subarray(0, count), pixels: bytes.subarray(count) };
}

export function writeDigits({ labels, pixels }: Omit<Digits, 'count'>): Uint8Array {
  const bytes = new Uint8Array(labels.length + pixels.length);
  bytes.set(labels);
  bytes.set(pixels, labels.length);
  return bytes;
}

/** A digit's pixels from 0 to 1. */
export function digitValues(digits: Digits, index: number): number[] {
  return greyValues(digitBytes(digits, index));
}

/** Bytes as values from 0 to 1. */
export function greyValues(bytes: Uint8Array): number[] {
  return Array.from(bytes, (byte) => byte / 255);
}

/** The bytes of a digit, `[28, 28]`. */
export function digitBytes({ pixels }: Digits, index: number): Uint8Array {
  return pixels.subarray(index * area, (index + 1) * area);
}
