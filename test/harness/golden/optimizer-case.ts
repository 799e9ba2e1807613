// Cases of an optimizer: the parameters after each step with given gradients.
import { adamStep, adaptiveStep, sgdStep } from '@convbook/core/reference';
import { createKernels, createMemory, toAddress, type KernelName } from '@convbook/core/kernels';
import type { FloatArray } from '@convbook/core';
import { optimizers, type Optimizer as Settings } from '@convbook/run';
import { optimizerKinds } from '@convbook/trainer';
import {
  check,
  checkCalled,
  checkKeys,
  referenceTolerance,
  type GoldenCase,
  type GoldenTensor,
} from './golden-case.ts';

/** Updates parameters in place by one step. */
export type Stepper = (parameters: FloatArray, gradients: FloatArray) => void;

interface Optimizer {
  readonly settings: Settings;
  readonly learningRate: number;
}

/** Whether a case is of an optimizer known here. */
export function isOptimizerCase({ attrs }: GoldenCase): boolean {
  return Object.hasOwn(optimizerKinds, String(attrs.optimizer));
}

export function checkOptimizer(golden: GoldenCase, module: WebAssembly.Module): void {
  const { attrs, inputs, outputs, tolerance } = golden;
  checkKeys('inputs', inputs, ['p', 'grads']);
  checkKeys('outputs', outputs, ['p_after_step']);
  const gradients = inputs.grads as unknown as GoldenTensor[];
  const wanted = outputs.p_after_step as GoldenTensor[];
  if (wanted.length !== gradients.length || wanted.length === 0) {
    throw new Error(`p_after_step: expected ${gradients.length} steps, got ${wanted.length}`);
  }
  const optimizer = toOptimizer(attrs);
  const called = new Set<string>();
  const own = Float32Array.from(inputs.p.data);
  const plain = Float64Array.from(inputs.p.data);
  const kernelStep = createKernelStepper(optimizer, module, own.length, called);
  const referenceStep = createReferenceStepper(optimizer, plain.length);
  gradients.forEach(({ data }, i) => {
    kernelStep(own, Float32Array.from(data));
    check(own, wanted[i], tolerance, `step ${i + 1} (kernels)`);
    referenceStep(plain, Float64Array.from(data));
    check(plain, wanted[i], referenceTolerance, `step ${i + 1} (reference)`);
  });
  const { name } = optimizer.settings;
  checkCalled(called, [sharedKernels[name] ?? name]);
}

/** Kernels of optimizers that have none of their own name. */
const sharedKernels: Readonly<Record<string, string>> = {
  adamw: 'adam',
  adagrad: 'adaptive',
  rmsprop: 'adaptive',
};

/** From settings as the files write them; missing ones are PyTorch's defaults. */
export function toOptimizer(attrs: Readonly<Record<string, unknown>>): Optimizer {
  const { optimizer, lr, weight_decay: weightDecay = 0, betas, eps, ...others } = attrs;
  checkKeys('attrs', others, ['momentum', 'alpha']);
  const { defaults } = optimizers[optimizer as Settings['name']];
  const given: Record<string, unknown> = { ...others, weightDecay };
  if (betas !== undefined) {
    const [beta1, beta2] = betas as number[];
    Object.assign(given, { beta1, beta2 });
  }
  if (eps !== undefined) given.epsilon = eps;
  checkKeys(`attrs of ${defaults.name}`, given, Object.keys(defaults));
  return { settings: { ...defaults, ...given }, learningRate: lr as number };
}

/** Steps through the trainer and the kernels over `count` parameters; records the kernels called. */
export function createKernelStepper(
  { settings, learningRate }: Optimizer,
  module: WebAssembly.Module,
  count: number,
  called: Set<string>,
): Stepper {
  const kind = optimizerKinds[settings.name];
  const vectors = Math.ceil(count / 4);
  const place = (index: number) => toAddress(64 + index * vectors * 16);
  const memory = createMemory('plain', place(2 + kind.stateCount));
  const kernels = new Proxy(createKernels(module, memory), {
    get(target, name: KernelName) {
      called.add(name);
      return target[name];
    },
  });
  const states = Array.from({ length: kind.stateCount }, (_, i) => place(2 + i));
  const range = { parameters: place(0), gradients: place(1), states, vectors };
  const floatsAt = (address: number) => new Float32Array(memory.buffer, address, count);
  const scalars = Float64Array.from(kind.initialScalars);
  return (parameters, gradients) => {
    floatsAt(range.parameters).set(parameters);
    floatsAt(range.gradients).set(gradients);
    kind.advance(settings, scalars);
    kind.update(kernels, settings, scalars, learningRate, range);
    parameters.set(floatsAt(range.parameters));
  };
}

/** Steps through the plain loops in float64; PyTorch has neither LAMB nor LARS. */
export function createReferenceStepper(
  { settings, learningRate }: Optimizer,
  count: number,
): Stepper {
  const [first, second] = [new Float64Array(count), new Float64Array(count)];
  const rates = { learningRate, weightDecay: settings.weightDecay };
  switch (settings.name) {
    case 'sgd':
      return (p, g) => sgdStep(p, g, first, { ...rates, momentum: 0, nesterov: false });
    case 'momentum':
    case 'nesterov': {
      const own = { momentum: settings.momentum, nesterov: settings.name === 'nesterov' };
      return (p, g) => sgdStep(p, g, first, { ...rates, ...own });
    }
    case 'adagrad':
      return (p, g) =>
        adaptiveStep(p, g, first, { ...rates, alpha: null, epsilon: settings.epsilon });
    case 'rmsprop': {
      const { alpha, epsilon } = settings;
      return (p, g) => adaptiveStep(p, g, first, { ...rates, alpha, epsilon });
    }
    case 'adam':
    case 'adamw': {
      const state = { mean: first, square: second, power1: 1, power2: 1 };
      const decoupled = settings.name === 'adamw';
      return (p, g) => adamStep(p, g, state, { ...settings, learningRate, decoupled });
    }
    case 'lamb':
    case 'lars':
      throw new Error(`optimizer: expected one that PyTorch has, got ${settings.name}`);
    default:
      return settings satisfies never;
  }
}
