export { createEngine, samplesTogether } from '../predict/engine.ts';
export type { Engine, EngineOptions } from '../predict/engine.ts';
