export { layOutSafetensors, toBytes } from '../safetensors.ts';
export type { WrittenTensor } from '../safetensors.ts';
export { headBytes, readHeader } from '../safetensors-header.ts';
export type { HeaderEntry } from '../safetensors-header.ts';
