/** A model's file is missing, damaged, or does not fit; the message says which, what was expected and what was found. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}
