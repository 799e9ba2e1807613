// Elementwise activations: any shape in, the same shape out.
import {
  activationNames,
  activationReferences,
  type ActivationName,
} from '@convbook/core/reference';
import { ConfigurationError, elementCount } from '@convbook/core';
import { sigmoidConstants } from '@convbook/core/kernels';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import type {
  LayerKind,
  LayerReference,
  LayerTraining,
  SettingTypes,
} from '../calls/layer-kind.ts';
import { plainFacts } from '../calls/resolved.ts';

/** A `sigmoid()` layer as plain data. */
export interface SigmoidSpec {
  readonly kind: 'sigmoid';
}

/** A `tanh()` layer as plain data. */
export interface TanhSpec {
  readonly kind: 'tanh';
}

/** A `softplus()` layer as plain data. */
export interface SoftplusSpec {
  readonly kind: 'softplus';
}

/** A `leakyRelu()` layer as plain data. */
export interface LeakyReluSpec {
  readonly kind: 'leakyRelu';
  /** Slope below zero; default 0.01. */
  readonly slope?: number;
}

/** A `elu()` layer as plain data. */
export interface EluSpec {
  readonly kind: 'elu';
  /** Far below zero the value tends to −alpha; default 1. */
  readonly alpha?: number;
}

/** A `gelu()` layer as plain data. */
export interface GeluSpec {
  readonly kind: 'gelu';
}

/** A `silu()` layer as plain data. */
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

export interface ElementwiseSettings {
  /** Slope of leaky ReLU, alpha of ELU; the others do not read it. */
  readonly parameter: number;
}

function activationKind<Spec extends ActivationSpec>(
  kind: Spec['kind'],
  settingTypes: SettingTypes<Spec>,
): LayerKind<Spec, ElementwiseSettings> {
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
      return plainFacts(inputShape, { parameter });
    },
    plan: { evaluate: (context) => [forward(kind, context)] },
  };
}

type Evaluation = EvaluationContext<ElementwiseSettings>;

function forward(name: ActivationName, context: Evaluation): Call {
  const { output: y, input: x, tables } = context;
  if (name !== 'sigmoid') return call('activate', { y, x, ...numbersOf(name, context) });
  const constants = tables.place(new Int32Array(sigmoidConstants.buffer));
  return call('sigmoid', { y, x, vectors: vectorsOf(context), constants });
}

/** The part of an elementwise layer that only training needs. */
export function activationTraining(name: ActivationName): LayerTraining<ElementwiseSettings> {
  return {
    train: (context) => ({
      forward: [forward(name, context)],
      inputGradient: gradient(name, context),
    }),
  };
}

// The derivative is taken at the input; the sigmoid's at its output, y · (1 − y).
function gradient(name: ActivationName, context: TrainingContext<ElementwiseSettings>): Call[] {
  const { outputGradient: dY, inputGradient: dX, input: x, output: y } = context;
  if (!dX) return [];
  return name === 'sigmoid'
    ? [call('sigmoidGradient', { dX, dY, y, vectors: vectorsOf(context) })]
    : [call('activateGradient', { dX, dY, x, ...numbersOf(name, context) })];
}

function numbersOf(name: ActivationName, context: Evaluation) {
  const kind = activationNames.indexOf(name);
  return { vectors: vectorsOf(context), kind, parameter: context.layer.settings.parameter };
}

function vectorsOf({ layer, shard }: EvaluationContext): number {
  return (elementCount(layer.outputShape) * shard.lanes) / 4;
}

/** The reference of an elementwise layer. */
export function activationReference(name: ActivationName): LayerReference<ElementwiseSettings> {
  const { value, derivative } = activationReferences[name];
  return {
    forward: (x, _parameters, { settings: { parameter } }) => ({
      shape: x.shape,
      data: x.data.map((element) => value(element, parameter)),
    }),
    backward: (x, _y, dY, _parameters, { settings: { parameter } }) => ({
      dX: dY.data.map((gradient, i) => gradient * derivative(x.data[i], parameter)),
      parameters: {},
    }),
  };
}

export const activationKinds: {
  readonly [Name in ActivationName]: LayerKind<
    Extract<ActivationSpec, { kind: Name }>,
    ElementwiseSettings
  >;
} = {
  sigmoid: activationKind('sigmoid', {}),
  tanh: activationKind('tanh', {}),
  softplus: activationKind('softplus', {}),
  leakyRelu: activationKind('leakyRelu', { slope: 'number' }),
  elu: activationKind('elu', { alpha: 'number' }),
  gelu: activationKind('gelu', {}),
  silu: activationKind('silu', {}),
};
