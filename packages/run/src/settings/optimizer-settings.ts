// The settings of every optimizer, with their defaults: see optimizers.ts.
import type { Given } from './named.ts';

interface AdamSettings {
  /** Share that a step keeps of the mean gradient; default 0.9. */
  readonly beta1: number;
  /** Share that a step keeps of the mean of squares; default 0.999. */
  readonly beta2: number;
  /** Added to the root; default 1e-8, of lamb 1e-6. */
  readonly epsilon: number;
}

/** Settings of Adam (Kingma and Ba, 2015). */
export interface Adam extends AdamSettings {
  readonly name: 'adam';
  /** Added to the gradient, times the parameter; default 0. */
  readonly weightDecay: number;
}

/** Settings of AdamW (Loshchilov and Hutter, 2019). */
export interface AdamW extends AdamSettings {
  readonly name: 'adamw';
  /** A step shrinks the parameters by `rate · weightDecay`; default 0.05. */
  readonly weightDecay: number;
}

/** Settings of plain gradient descent. */
export interface Sgd {
  readonly name: 'sgd';
  /** Added to the gradient, times the parameter; default 0. */
  readonly weightDecay: number;
}

interface MomentumSettings {
  /** Share that a step keeps of the velocity; default 0.9. */
  readonly momentum: number;
  /** Added to the gradient, times the parameter; default 0. */
  readonly weightDecay: number;
}

/** Settings of gradient descent with momentum. */
export interface Momentum extends MomentumSettings {
  readonly name: 'momentum';
}

/** Settings of gradient descent with Nesterov momentum. */
export interface Nesterov extends MomentumSettings {
  readonly name: 'nesterov';
}

/** Settings of AdaGrad (Duchi and others, 2011). */
export interface AdaGrad {
  readonly name: 'adagrad';
  /** Added to the root; default 1e-10. */
  readonly epsilon: number;
  /** Added to the gradient, times the parameter; default 0. */
  readonly weightDecay: number;
}

/** Settings of RMSprop (Tieleman and Hinton, 2012). */
export interface Rmsprop {
  readonly name: 'rmsprop';
  /** Share that a step keeps of the mean of squares; default 0.99. */
  readonly alpha: number;
  /** Added to the root; default 1e-8. */
  readonly epsilon: number;
  /** Added to the gradient, times the parameter; default 0. */
  readonly weightDecay: number;
}

/** Settings of LAMB (You et al., 2019): Adam with a rate for each weight. */
export interface Lamb extends AdamSettings {
  readonly name: 'lamb';
  /** Added to Adam's direction, times the weight; not of biases and normalization. Default 0.01. */
  readonly weightDecay: number;
}

/** Settings of LARS (You, Gitman and Ginsburg, 2017): momentum with a rate for each weight. */
export interface Lars {
  readonly name: 'lars';
  /** Share that a step keeps of the velocity; default 0.9. */
  readonly momentum: number;
  /** Share of a weight's length that a step at rate 1 moves; default 0.1. */
  readonly trust: number;
  /** Added to the gradient, times the weight; not of biases and normalization. Default 0.0005. */
  readonly weightDecay: number;
}

/** An optimizer with all its settings. */
export type Optimizer = Adam | AdamW | Sgd | Momentum | Nesterov | AdaGrad | Rmsprop | Lamb | Lars;

/** An optimizer as a user gives it; `adam()` and its siblings make one. */
export type OptimizerSpec = Given<Optimizer>;
