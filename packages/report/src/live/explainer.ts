// The methods that explain an answer, with the network of a page and with the random one that it began as.
import type { ResolvedModel } from '@convbook/layers';
import { initializeRange } from '@convbook/layers/plan';
import {
  camLayer,
  forAnswers,
  gradCamSteps,
  occlusionSteps,
  saliencySteps,
  type Steps,
} from '@convbook/runtime/explain';
import { toInput, type Network } from '@convbook/runtime/network';
import { passCost } from '../explain/cost.ts';
import {
  affordablePositions,
  coveringValue,
  leastPositions,
  type Method,
  type MethodMaps,
} from '../explain/explain.ts';
import type { LiveModel } from './page-data.ts';

/** Numbers that are drawn before other work gets its turn: a millisecond or two. */
const drawnTogether = 1 << 14;

/** Forward passes in the time of a gradient, measured for the presets: samples stand in vectors of four. */
const gradientPasses = 16;

/** Explains answers of a page's model. */
export interface Explainer {
  /** The methods that apply to the model. */
  readonly methods: readonly Method[];
  /** Multiply-adds of a method's two maps. */
  costOf(method: Method): number;
  /** The maps of an image, bytes `[channels, height, width]`, for a class. */
  maps(method: Method, image: Uint8Array, ofClass: number): Steps<MethodMaps>;
}

/** Nothing is computed before it is asked for. */
export function createExplainer({
  network,
  seed,
  fill,
}: Pick<LiveModel, 'network' | 'seed' | 'fill'>): Explainer {
  const trained = forAnswers(network);
  const { model } = trained;
  const cam = camLayer(model);
  const positions = affordablePositions(trained, 1) || leastPositions;
  const [, height, width] = model.input;
  let random: Network | null = null;

  function* randomNetwork(): Steps<Network> {
    random ??= { ...trained, parameters: yield* drawParameters(network.model, seed) };
    return random;
  }
  function* mapOf(method: Method, own: Network, x: Float32Array, k: number): Steps<Float32Array> {
    switch (method) {
      case 'saliency':
        return (yield* saliencySteps(own, x, [k]))[0];
      case 'gradCam':
        return cam === null ? new Float32Array() : (yield* gradCamSteps(own, cam, x, [k]))[0];
      case 'occlusion': {
        const settings = { positions, fill: coveringValue(own, fill) };
        return (yield* occlusionSteps(own, x, k, settings, 1)).map;
      }
      default:
        return method satisfies never;
    }
  }
  return {
    methods: cam === null ? ['saliency', 'occlusion'] : ['saliency', 'gradCam', 'occlusion'],
    costOf: (method) => {
      const passes = method === 'occlusion' ? positions * positions + 1 : gradientPasses;
      return 2 * passes * passCost(model);
    },
    *maps(method, image, ofClass) {
      const x = toInput([image], trained);
      const after = yield* mapOf(method, trained, x, ofClass);
      const before = yield* mapOf(method, yield* randomNetwork(), x, ofClass);
      const shape = method === 'gradCam' && cam !== null ? cam.shape.slice(1) : [height, width];
      return { method, shape, trained: after, untrained: before };
    },
  };
}

/** The parameters that a model begins with, as `initializeParameters` draws them. */
function* drawParameters(
  model: ResolvedModel,
  seed: number,
): Steps<ReadonlyMap<string, Float32Array>> {
  const all = new Map<string, Float32Array>();
  for (const parameter of model.parameters) {
    const size = parameter.shape.reduce((product, length) => product * length, 1);
    const values = new Float32Array(size);
    for (let begin = 0; begin < size; begin += drawnTogether) {
      initializeRange(parameter, seed, values.subarray(begin, begin + drawnTogether), begin);
      yield;
    }
    all.set(parameter.name, values);
  }
  return all;
}
