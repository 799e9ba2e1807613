// Limits on a client of the server: it is on this machine, but may be any program, or any page
// that is open in a browser here.
import type { IncomingMessage, Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The only address that is listened on. */
export const loopback = '127.0.0.1';

/** Connections at once; further ones are closed. Browsers open six. */
export const mostConnections = 64;

/** How long a client may take for a response, in milliseconds. Events are excepted. */
export const longestResponse = 30_000;

/** Milliseconds and bytes. */
export const serverLimits: ServerOptions = {
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
};

/** The status that refuses a request, null where it is served. */
export function refusalOf({ headersDistinct, method }: IncomingMessage, server: Server) {
  const [host, ...others] = headersDistinct.host ?? [];
  if (host === undefined || others.length > 0) return 400;
  // Another name that leads here belongs to somebody else's page.
  if (!ownHosts(server).includes(host)) return 403;
  return method === 'GET' || method === 'HEAD' ? null : 405;
}

/** Without the port where that is 80, as browsers send it. */
function ownHosts(server: Server): string[] {
  const { port } = server.address() as AddressInfo;
  return [loopback, 'localhost'].map((name) => new URL(`http://${name}:${port}`).host);
}
