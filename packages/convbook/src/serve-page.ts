import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError } from '@convbook/core';
import open from 'open';

const host = '127.0.0.1';

/**
 * Serves one page to this machine alone and opens it in the browser, until Ctrl+C.
 *
 * @param port 0 for any that is free.
 * @throws ConfigurationError where the port cannot be had.
 */
export async function servePage(file: string, port: number): Promise<void> {
  const page = readFileSync(file);
  const server = createServer(({ method = '', url, headers }, response) => {
    const isOurs = headers.host === new URL(address()).host;
    const status = !isOurs ? 403 : url !== '/' ? 404 : isRead(method) ? 200 : 405;
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
    response.end(status === 200 && method === 'GET' ? page : undefined);
  });
  const address = () => `http://${host}:${(server.address() as AddressInfo).port}/`;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigurationError(`--serve: expected a free port, got ${message}; name another`);
  }
  process.stderr.write(`Served at ${address()} until Ctrl+C\n`);
  await open(address()).catch((error: unknown) => {
    process.stderr.write(`--serve: the browser could not be started, got ${String(error)}\n`);
  });
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD';
