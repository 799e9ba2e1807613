export function bundledThreads(
  code: string,
  file: string,
  bundled: (source: string) => string,
): string;
