/** The sets that are evaluated; shared memory names them by their index here. */
export const evaluatedNames = ['test', 'validation'] as const;

export type EvaluatedName = (typeof evaluatedNames)[number];

/** Something of each set; null where there is no validation set. */
export interface ByEvaluatedSet<Value> {
  readonly test: Value;
  readonly validation: Value | null;
}

/** The values made from those of each set. */
export function mapSets<From, To>(
  { test, validation }: ByEvaluatedSet<From>,
  toValue: (value: From, name: EvaluatedName) => To,
): ByEvaluatedSet<To> {
  return {
    test: toValue(test, 'test'),
    validation: validation === null ? null : toValue(validation, 'validation'),
  };
}

/** The values of the sets there are. */
export function valuesOfSets<Value>({ test, validation }: ByEvaluatedSet<Value>): Value[] {
  return validation === null ? [test] : [test, validation];
}

/** @throws Error when there is no such set. */
export function setNamed<Value>(sets: ByEvaluatedSet<Value>, name: EvaluatedName): Value {
  const value = sets[name];
  if (value === null) throw new Error(`evaluation: there is no ${name} set`);
  return value;
}
