import { ConfigurationError, formatShape } from '@convbook/core';
import {
  localResponseNormBackward,
  localResponseNormForward,
  type LocalResponseNormSettings,
} from '@convbook/core/reference';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import type { LayerKind, LayerReference, LayerTraining } from '../calls/layer-kind.ts';
import type { Place } from '../calls/place.ts';
import { plainFacts } from '../calls/resolved.ts';
import { checkInteger } from '../settings/pair.ts';

/** A `localResponseNorm()` layer as plain data. */
export interface LocalResponseNormSpec {
  readonly kind: 'localResponseNorm';
  /** Channels a sum runs over, odd; default 5. */
  readonly size?: number;
  /** Default 1e-4. */
  readonly alpha?: number;
  /** Default 0.75. */
  readonly beta?: number;
  /** Default 2. */
  readonly k?: number;
  /** Whether alpha is divided by the size, as PyTorch does; default true. */
  readonly divideAlpha?: boolean;
}

/**
 * Local response normalization across channels, as in AlexNet (Krizhevsky et al., 2012):
 * y[c] = x[c] / (k + alpha / size · Σ x[j]²)^beta over the `size` channels around c.
 */
export function localResponseNorm(
  settings: Omit<LocalResponseNormSpec, 'kind'> = {},
): LocalResponseNormSpec {
  return { kind: 'localResponseNorm', ...settings };
}

// The settings with their defaults; alpha is divided by the size unless `divideAlpha` is false.
function toSettings(spec: LocalResponseNormSpec): LocalResponseNormSettings {
  const { size = 5, alpha = 1e-4, beta = 0.75, k = 2, divideAlpha = true } = spec;
  return { half: (size - 1) / 2, alpha: divideAlpha ? alpha / size : alpha, beta, k };
}

export const localResponseNormKind: LayerKind<LocalResponseNormSpec, LocalResponseNormSettings> = {
  kind: 'localResponseNorm',
  prefix: 'norm',
  isActivation: false,
  settingTypes: {
    size: 'number',
    alpha: 'number',
    beta: 'number',
    k: 'number',
    divideAlpha: 'boolean',
  },
  resolve(spec, inputShape, where) {
    if (inputShape.length !== 3) {
      throw new ConfigurationError(
        `${where}: expected input [channels, height, width], got ${formatShape(inputShape)}; ` +
          'put localResponseNorm before flatten()',
      );
    }
    const { half, alpha, beta, k } = toSettings(spec);
    checkInteger(2 * half + 1, 1, `${where}.size`);
    if (!Number.isInteger(half)) {
      throw new ConfigurationError(`${where}.size: expected an odd number, got ${2 * half + 1}`);
    }
    if (!(alpha >= 0 && beta > 0 && k > 0 && Number.isFinite(alpha + beta + k))) {
      throw new ConfigurationError(
        `${where}: expected alpha of at least 0, beta and k above 0, got ` +
          `alpha ${spec.alpha ?? 1e-4}, beta ${beta}, k ${k}`,
      );
    }
    return plainFacts(inputShape, { half, alpha, beta, k });
  },
  plan: { evaluate: (context) => [forward(context, takeMap(context))] },
};

export const localResponseNormTraining: LayerTraining<LocalResponseNormSettings> = { train };

export const localResponseNormReference: LayerReference<LocalResponseNormSettings> = {
  forward: (x, _parameters, { settings }) => localResponseNormForward(x, settings),
  backward: (x, y, dY, _parameters, { settings }) => ({
    dX: localResponseNormBackward(x, y, dY.data, settings),
    parameters: {},
  }),
};

type Evaluation = EvaluationContext<LocalResponseNormSettings>;

// The gradient reuses the scale that the forward call leaves.
function train(context: TrainingContext<LocalResponseNormSettings>): TrainingCalls {
  const scale = takeMap(context);
  return { forward: [forward(context, scale)], inputGradient: gradient(context, scale) };
}

function forward(context: Evaluation, scale: Place): Call {
  const { input: x, output: y, layer } = context;
  return call('localResponseNorm', { y, x, scale, ...sizesOf(context), k: layer.settings.k });
}

function gradient(context: TrainingContext<LocalResponseNormSettings>, scale: Place): Call[] {
  const { input: x, output: y, outputGradient: dY, inputGradient: dX, arena } = context;
  if (!dX) return [];
  const [shares] = arena.borrow(mapBytes(context));
  return [call('localResponseNormGradient', { dX, dY, x, y, scale, shares, ...sizesOf(context) })];
}

function sizesOf({ layer, shard }: Evaluation) {
  const [channels, height, width] = layer.outputShape;
  const { half, alpha, beta } = layer.settings;
  return { channels, plane: height * width * shard.lanes * 4, half, alpha, beta };
}

function mapBytes(context: Evaluation): number {
  const { channels, plane } = sizesOf(context);
  return channels * plane;
}

function takeMap(context: Evaluation): Place {
  return context.arena.take(mapBytes(context));
}
