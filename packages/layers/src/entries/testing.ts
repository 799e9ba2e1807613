export { runReference } from '../testing/reference-model.ts';
export type { ReferenceOutput } from '../testing/reference-model.ts';
