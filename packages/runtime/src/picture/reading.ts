import type { PictureDoubt, PictureStep } from './words.ts';

/** A model's input, and how it was made from a picture. */
export interface PictureReading {
  /** `[channels, height, width]`; null where the picture shows nothing. */
  readonly bytes: Uint8Array | null;
  readonly steps: readonly PictureStep[];
  readonly doubts: readonly PictureDoubt[];
}

/** What is said about a picture instead of being found out. */
export interface PictureChoices {
  /** As in a picture's description. */
  readonly fit?: 'digit' | 'whole' | undefined;
  /** Turn bright and dark over, or leave them; by default what the picture looks like decides. */
  readonly invert?: boolean | undefined;
  /** Swap rows and columns once more than the description says. */
  readonly transpose?: boolean | undefined;
}
