import {
  ConfigurationError,
  formatShape,
  localResponseNormBackward,
  localResponseNormForward,
} from '@convbook/core';
import type { LocalResponseNormSettings } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { checkInteger } from '../settings/pair.ts';
import { planLocalResponseNorm } from './calls.ts';
import type { LayerFacts } from '../calls/resolved.ts';

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

// The settings with their defaults, alpha divided where it is to be.
function toSettings(
  spec: LocalResponseNormSpec,
): LocalResponseNormSettings & Record<string, number> {
  const { size = 5, alpha = 1e-4, beta = 0.75, k = 2, divideAlpha = true } = spec;
  return { half: (size - 1) / 2, alpha: divideAlpha ? alpha / size : alpha, beta, k };
}

export const localResponseNormKind: LayerKind<LocalResponseNormSpec> = {
  kind: 'localResponseNorm',
  prefix: 'norm',
  isActivation: false,
  settingTypes: {
    ...{ size: 'number', alpha: 'number', beta: 'number', k: 'number', divideAlpha: 'boolean' },
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
    const none = { parameters: [], multiplyAdds: 0, filters: null, window: null };
    return { outputShape: inputShape, ...none, settings: { half, alpha, beta, k } };
  },
  plan: planLocalResponseNorm,
  reference: {
    forward: (x, _parameters, facts) => localResponseNormForward(x, settingsOf(facts)),
    backward: (x, y, dY, _parameters, facts) => ({
      dX: localResponseNormBackward(x, y, dY.data, settingsOf(facts)),
      parameters: {},
    }),
  },
};

function settingsOf({ settings = {} }: LayerFacts): LocalResponseNormSettings {
  const { half, alpha, beta, k } = settings;
  return { half, alpha, beta, k };
}
