import { createHash } from 'node:crypto';

/**
 * The page's Content-Security-Policy: nothing is loaded from anywhere, and only the given inline
 * scripts run.
 *
 * @param isServed Whether the page may ask the server it came from, and nobody else.
 */
export function contentSecurityPolicy(scripts: readonly string[], isServed = false): string {
  const hashes = scripts.map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${[...hashes, "'wasm-unsafe-eval'"].join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    ...(isServed ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
