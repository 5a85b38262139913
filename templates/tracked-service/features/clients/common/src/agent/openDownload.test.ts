import { createServer, request, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDownload } from './openDownload.js';
import { isPublicAddress } from './publicLookup.js';

let server: Server;
let base: string;

/** Resolves every name to this machine, unlike any public name. */
const localLookup: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

beforeAll(async () => {
  server = createServer((incoming, response) => {
    if (incoming.url === '/moved') {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    } else if (incoming.url === '/gone') {
      response.writeHead(404).end();
    } else if (incoming.url === '/endless') {
      response.write('x');
    } else {
      response.writeHead(200, { 'content-type': 'text/csv' }).end('a;b;c');
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  base = `http://files.example.com:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function open(
  path: string,
  limits: { maxBytes?: number; timeoutMs?: number } = {},
) {
  return openDownload({
    url: `${base}${path}`,
    maxBytes: limits.maxBytes ?? 1_000,
    signal: AbortSignal.timeout(limits.timeoutMs ?? 5_000),
    send: request,
    lookup: localLookup,
  });
}

describe('openDownload', () => {
  it('streams the content', async () => {
    const { body, contentType } = await open('/file');
    expect(contentType).toBe('text/csv');
    expect(await text(body)).toBe('a;b;c');
  });

  it('stops at the size limit', async () => {
    const { body } = await open('/file', { maxBytes: 4 });
    await expect(text(body)).rejects.toThrow('larger than 4 bytes');
  });

  it('stops at the time limit', async () => {
    const { body } = await open('/endless', { timeoutMs: 200 });
    await expect(text(body)).rejects.toThrow();
  });

  it.each([
    ['/moved', '302'],
    ['/gone', '404'],
  ])('accepts only status 200: %s', async (path, status) => {
    await expect(open(path)).rejects.toThrow(status);
  });

  it.each([
    'https://169.254.170.2/v2/credentials',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://2130706433/',
  ])('rejects internal addresses: %s', async url => {
    await expect(
      openDownload({ url, maxBytes: 1, signal: AbortSignal.timeout(5_000) }),
    ).rejects.toThrow('not a public address');
  });
});

describe('isPublicAddress', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1'])('%s is', address => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    'fd00:ec2::254',
    'fe80::1',
    '::ffff:169.254.169.254',
    'not an address',
  ])('%s is not', address => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
