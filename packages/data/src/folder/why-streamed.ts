/** Above 2 GiB images are read from their file. */
export const mostBytes = 2_147_483_648;

/**
 * Why images of so many bytes are read from their file sample by sample, for people; null where they lie in memory.
 *
 * @param stream Whether that is asked for.
 */
export function whyStreamed(
  bytes: number,
  stream: boolean | undefined,
  availableBytes = process.availableMemory(),
): string | null {
  if (stream !== undefined) return stream ? 'as --stream asks' : null;
  if (bytes > mostBytes) return 'they are more than 2 GiB';
  return bytes > availableBytes / 2
    ? `they are more than half of the ${Math.round(availableBytes / 1_048_576)} MiB that are free`
    : null;
}
