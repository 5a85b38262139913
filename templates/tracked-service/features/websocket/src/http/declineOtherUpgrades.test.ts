import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { declineOtherUpgrades } from './declineOtherUpgrades.js';

let server: Server;

beforeEach(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, headers } = request;
      const body = Buffer.concat(chunks).toString();
      response.end(`<${method} ${url} ${String(headers['x-last'])} ${body}>`);
    });
  });
  server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
  declineOtherUpgrades(server);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/**
 * Sends the parts, and then the next request after each response.
 *
 * @returns everything that the server sends until it closes the connection
 */
function exchange(parts: string[], ...next: string[]): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1' });
  let received = '';
  return new Promise((resolve, reject) => {
    socket.on('data', data => {
      received += data.toString();
      const request = data.includes('>') && next.shift();
      if (request) socket.write(request);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
    for (const part of parts) socket.write(part);
  });
}

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;
const askForHttp2 = (method: string, ...headers: string[]) =>
  lines(
    `${method} /list HTTP/1.1`,
    'Host: x',
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: h2c',
    'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    ...headers,
  );
const last = lines(
  'GET /last HTTP/1.1',
  'Host: x',
  'Connection: close',
  'X-Last: yes',
);
const bodiesOf = (received: string) => received.match(/<[^>]*>/g);

it('answers a request for h2c, and the next one on the same connection', async () => {
  const received = await exchange([askForHttp2('GET')], last);
  expect(received).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(bodiesOf(received)).toEqual([
    '<GET /list undefined >',
    '<GET /last yes >',
  ]);
});

it('reads the body of a request for h2c, also if it arrives in pieces', async () => {
  const chunked = askForHttp2('POST', 'Transfer-Encoding: chunked');
  const received = await exchange(
    [`${askForHttp2('POST', 'Content-Length: 11')}Disk `, 'full!!'],
    `${chunked}4\r\nonce\r\n0\r\n\r\n`,
    last,
  );
  expect(bodiesOf(received)).toEqual([
    '<POST /list undefined Disk full!!>',
    '<POST /list undefined once>',
    '<GET /last yes >',
  ]);
});

it('does not take a body for a request, however many headers come before its length', async () => {
  const many = Array.from({ length: 2_500 }, (_, index) => `${index}:`);
  const hidden = lines('GET /hidden HTTP/1.1', 'Host: x');
  const received = await exchange(
    [askForHttp2('POST', ...many, `Content-Length: ${hidden.length}`), hidden],
    last,
  );
  expect(bodiesOf(received)?.map(body => body.slice(0, 12))).toEqual([
    '<POST /list ',
    '<GET /last y',
  ]);
});

it.each(['websocket', 'WebSocket'])('lets %s through', async protocol => {
  const request = lines(
    'GET /api/live HTTP/1.1',
    'Host: x',
    'Connection: Upgrade',
    `Upgrade: ${protocol}`,
  );
  expect(await exchange([request])).toContain('101 Switching Protocols');
});
