/** Why kernels are narrow under a version of V8 (default: the running one); null where they may be wide. */
export function whyNarrow(v8?: string): string | null;
