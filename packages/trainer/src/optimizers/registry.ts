// The arithmetic of every optimizer, by the name of its settings in @convbook/run.
import type { Optimizer } from '@convbook/run';
import { adam, adamw } from './adam.ts';
import { adagrad, rmsprop } from './adaptive.ts';
import { lamb } from './lamb.ts';
import { lars } from './lars.ts';
import type { OptimizerKind } from './optimizer-kind.ts';
import { momentum, nesterov, sgd } from './sgd.ts';

/** Every optimizer there is. */
export const optimizerKinds: Readonly<Record<Optimizer['name'], OptimizerKind<Optimizer>>> = {
  adamw,
  adam,
  sgd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  lamb,
  lars,
} satisfies { [Name in Optimizer['name']]: OptimizerKind<Extract<Optimizer, { name: Name }>> };
