// Elementwise activations: any shape in, the same shape out.
import { activationReferences, ConfigurationError } from '@convbook/core';
import type { ActivationName } from '@convbook/core';
import type { LayerKind, SettingTypes } from '../calls/layer-kind.ts';
import { planActivation } from './elementwise-calls.ts';

export interface SigmoidSpec {
  readonly kind: 'sigmoid';
}

export interface TanhSpec {
  readonly kind: 'tanh';
}

export interface SoftplusSpec {
  readonly kind: 'softplus';
}

export interface LeakyReluSpec {
  readonly kind: 'leakyRelu';
  /** Below zero; default 0.01. */
  readonly slope?: number;
}

export interface EluSpec {
  readonly kind: 'elu';
  /** What −alpha is the limit of; default 1. */
  readonly alpha?: number;
}

export interface GeluSpec {
  readonly kind: 'gelu';
}

export interface SiluSpec {
  readonly kind: 'silu';
}

export type ActivationSpec =
  SigmoidSpec | TanhSpec | SoftplusSpec | LeakyReluSpec | EluSpec | GeluSpec | SiluSpec;

/** 1 / (1 + e⁻ˣ). */
export function sigmoid(): SigmoidSpec {
  return { kind: 'sigmoid' };
}

/** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). */
export function tanh(): TanhSpec {
  return { kind: 'tanh' };
}

/** log(1 + eˣ). */
export function softplus(): SoftplusSpec {
  return { kind: 'softplus' };
}

/** x above zero, slope · x below. */
export function leakyRelu(settings: Omit<LeakyReluSpec, 'kind'> = {}): LeakyReluSpec {
  return { kind: 'leakyRelu', ...settings };
}

/** x above zero, alpha · (eˣ − 1) below. */
export function elu(settings: Omit<EluSpec, 'kind'> = {}): EluSpec {
  return { kind: 'elu', ...settings };
}

/** x · Φ(x) with the normal distribution itself, not its tanh approximation. */
export function gelu(): GeluSpec {
  return { kind: 'gelu' };
}

/** x / (1 + e⁻ˣ), also called swish. */
export function silu(): SiluSpec {
  return { kind: 'silu' };
}

function parameterOf(spec: ActivationSpec): number {
  if (spec.kind === 'leakyRelu') return spec.slope ?? 0.01;
  if (spec.kind === 'elu') return spec.alpha ?? 1;
  return 0;
}

function activationKind<Spec extends ActivationSpec>(
  kind: Spec['kind'],
  settingTypes: SettingTypes<Spec>,
): LayerKind<Spec> {
  const { value, derivative } = activationReferences[kind];
  return {
    kind,
    prefix: kind,
    isActivation: true,
    settingTypes,
    resolve(spec, inputShape, where) {
      const parameter = parameterOf(spec);
      if (!Number.isFinite(parameter) || parameter < 0) {
        const name = kind === 'elu' ? 'alpha' : 'slope';
        throw new ConfigurationError(
          `${where}.${name}: expected a number of at least 0, got ${parameter}`,
        );
      }
      const facts = { parameters: [], multiplyAdds: 0, filters: null, window: null };
      return { outputShape: inputShape, ...facts, settings: { parameter } };
    },
    plan: planActivation,
    reference: {
      forward: (x, _parameters, { settings }) => ({
        shape: x.shape,
        data: x.data.map((element) => value(element, settings?.parameter ?? 0)),
      }),
      backward: (x, _y, dY, _parameters, { settings }) => ({
        dX: dY.data.map(
          (gradient, i) => gradient * derivative(x.data[i], settings?.parameter ?? 0),
        ),
        parameters: {},
      }),
    },
  };
}

export const activationKinds: {
  readonly [Name in ActivationName]: LayerKind<Extract<ActivationSpec, { kind: Name }>>;
} = {
  sigmoid: activationKind('sigmoid', {}),
  tanh: activationKind('tanh', {}),
  softplus: activationKind('softplus', {}),
  leakyRelu: activationKind('leakyRelu', { slope: 'number' }),
  elu: activationKind('elu', { alpha: 'number' }),
  gelu: activationKind('gelu', {}),
  silu: activationKind('silu', {}),
};
