import type { ChannelScaling } from '@convbook/core';
import type { PictureDescription } from '@convbook/core/pictures';
import type { ModelSpec } from '@convbook/layers';

export interface WebModel {
  readonly model: ModelSpec;
  readonly classNames: readonly string[];
  readonly imageShape: readonly number[];
  readonly pictures: PictureDescription;
  readonly scaling?: readonly ChannelScaling[] | undefined;
}
