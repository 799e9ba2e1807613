/**
 * Whether a RUN may be looked for among the runs under reports/. A name stays in that folder: one with
 * a separator, `.` or `..` is a path, which only the folder where it was typed gives a meaning.
 */
export function isRunName(run: string): boolean {
  return run !== '' && run !== '.' && run !== '..' && !/[/\\\0]/.test(run);
}
