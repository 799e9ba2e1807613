import { createHash } from 'node:crypto';

/**
 * The page's Content-Security-Policy: nothing is loaded from anywhere, and only the given inline
 * scripts run.
 */
export function contentSecurityPolicy(scripts: readonly string[]): string {
  const hashes = scripts.map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${[...hashes, "'wasm-unsafe-eval'"].join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
