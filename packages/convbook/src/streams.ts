// What is printed may have nowhere to go: its reader leaves, as `head -1` does, or the disk is full. The work
// goes on.

/** The reader has left: it has seen what it wanted. */
const readerLeft = new Set(['EPIPE', 'EIO', 'ECONNRESET']);

/** Keeps errors of stdout and stderr from ending the process; output that a full disk lost ends it with 5. */
export function outliveReaders(): void {
  let isLost = false;
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', ({ code = 'an error' }: NodeJS.ErrnoException) => {
    if (isLost || readerLeft.has(code)) return;
    isLost = true;
    process.stderr.write(
      `error: stdout: cannot be written, got ${code}; free space, or write elsewhere\n`,
    );
  });
  process.on('exit', () => {
    if (isLost) process.exitCode ||= 5;
  });
}
