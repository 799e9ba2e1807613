import type { PictureSettings } from './folder/picture-settings.ts';

/** Where a data set came from, so that a run can find it again. A set that a program made has none. */
export type DataSource =
  | { readonly kind: 'mnist' }
  | {
      readonly kind: 'synthetic';
      /** As given; absent where the default was taken. */
      readonly seed?: number | undefined;
      readonly trainSamples?: number | undefined;
      readonly testSamples?: number | undefined;
    }
  | {
      readonly kind: 'folder';
      /** Absolute. */
      readonly path: string;
      /** As the user gave it. */
      readonly typed: string;
      /** Whether `dropDuplicates` took training samples out. */
      readonly dropDuplicates?: boolean | undefined;
    }
  | {
      readonly kind: 'pictures';
      /** Absolute. */
      readonly path: string;
      /** As the user gave it. */
      readonly typed: string;
      /** Those that were given. */
      readonly settings: PictureSettings;
      /** Whether `dropDuplicates` took training samples out. */
      readonly dropDuplicates?: boolean | undefined;
    };
