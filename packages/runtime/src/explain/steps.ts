/** Work that is done as one asks for more: each `next` does a little of it, the last one has the result. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does all of the work at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
