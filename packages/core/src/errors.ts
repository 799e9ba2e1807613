/** The command line, model or configuration cannot be used: exit code 2. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly exitCode = 2;
}

/** The data set is missing, unreadable or invalid: exit code 3. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly exitCode = 3;
}

/** Training produced a number that is not finite: exit code 4. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
  readonly exitCode = 4;
}

/** The run directory or a file in it cannot be written, or is corrupt: exit code 5. */
export class RunDirectoryError extends Error {
  override readonly name = 'RunDirectoryError';
  readonly exitCode = 5;
}
