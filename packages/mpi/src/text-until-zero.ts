/** The text in bytes that zeros fill up. */
export function textUntilZero(bytes: Uint8Array): string {
  const [text] = Buffer.from(bytes).toString('utf8').split('\0', 1);
  return text;
}
