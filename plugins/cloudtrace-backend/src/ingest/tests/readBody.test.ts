import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { InFlightBytes } from '../http/InFlightBytes';
import { readBody } from '../http/readBody';

const MIB = 1024 * 1024;

describe('memory of bodies', () => {
  const read = (bytes: Buffer, inFlight: InFlightBytes) =>
    readBody(
      Object.assign(Readable.from([bytes]), {
        headers: { 'content-length': String(bytes.length) },
      }) as unknown as IncomingMessage,
      'gzip',
      { maxBodyBytes: 8 * MIB, timeoutMs: 1000, inFlight },
    );
  // The trailer of the last member claims one byte.
  const members = Buffer.concat([
    gzipSync(Buffer.alloc(5 * MIB)),
    gzipSync('x'),
  ]);

  it('is reserved as long as it is used, whatever length gzip states', async () => {
    const inFlight = new InFlightBytes(32 * MIB);
    const body = await read(members, inFlight);
    expect(body.decode()).toHaveLength(5 * MIB + 1);
    expect(inFlight.used).toBe(members.length + 5 * MIB + 1);
    body.release();
    expect(inFlight.used).toBe(0);
  });

  it('is released if the body is rejected for lack of memory', async () => {
    const inFlight = new InFlightBytes(MIB);
    const body = await read(members, inFlight);
    expect(() => body.decode()).toThrow(
      'Too many bytes are being read at once; try again',
    );
    body.release();
    expect(inFlight.used).toBe(0);
  });
});
