export { createEngine, samplesTogether } from '../predict/engine.ts';
export type { Engine, EngineOptions } from '../predict/engine.ts';
export { createObserver } from '../predict/observer.ts';
export type { ObservedLayer, Observer, ObserverOptions } from '../predict/observer.ts';
