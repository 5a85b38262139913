import { connect } from 'node:net';
import { generateToken } from '../../../plugins/cloudtrace-backend/src/tokens/tokenFormat';
import { RawHttpClient } from '../load/RawHttpClient';
import { startPostgres } from '../postgres';
import { median, type Figure } from '../report';
import { startBackend } from '../server/startBackend';
import type { SuiteOptions } from './types';

const PATH = '/api/cloudtrace/otlp/v1/traces';
const CONNECTIONS = 8;
const MIB = 1024 * 1024;

/** The most that socket buffers accept of an announced body before the response arrives. */
const MAX_TAKEN_BYTES = 16 * MIB;

/** A sender without a valid token; resolves to the status of the response. */
interface Intruder {
  name: string;
  /** Starts a sender; returns a function that sends one request. */
  start(port: number): { send(): Promise<number>; close(): void };
}

const wrongChecksum = () => {
  const { token } = generateToken();
  return `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
};

const intruders: Intruder[] = [
  { name: 'no token', start: port => keptAlive(port, () => undefined) },
  {
    name: 'wrong checksum',
    start: port => keptAlive(port, wrongChecksum),
  },
  {
    name: 'unknown token, different each time',
    start: port => keptAlive(port, () => generateToken().token),
  },
  {
    name: 'unknown token and an announced body of 1 GiB',
    start: port => ({ send: () => sendAnnounced(port), close: () => {} }),
  },
];

/** Measures what a request without a valid token costs the backend. */
export async function unauthenticatedSuite({
  reps,
  seconds,
  log,
}: SuiteOptions): Promise<Figure[]> {
  const postgres = await startPostgres();
  const backend = await startBackend(postgres.connectionString);
  try {
    const costs: { name: string; cpuMs: number; perSecond: number }[] = [];
    for (const intruder of intruders) {
      await flood(intruder, backend.port, 2);
      const runs: { cpuMs: number; perSecond: number }[] = [];
      for (let rep = 0; rep < reps; rep++) {
        const before = await backend.usage();
        const answers = await flood(intruder, backend.port, seconds);
        const after = await backend.usage();
        runs.push({
          cpuMs: ((after.cpuSeconds - before.cpuSeconds) * 1000) / answers,
          perSecond: answers / seconds,
        });
      }
      const cpuMs = median(runs.map(run => run.cpuMs));
      const perSecond = median(runs.map(run => run.perSecond));
      costs.push({ name: intruder.name, cpuMs, perSecond });
      log(
        `${intruder.name}: ${cpuMs.toFixed(3)} ms of backend CPU each, ` +
          `${perSecond.toFixed()} answers/s`,
      );
    }
    return [
      {
        what: 'an unauthenticated request, backend CPU',
        value: Math.max(...costs.map(({ cpuMs }) => cpuMs)),
        unit: 'ms',
        floor: 1,
        goal: 0.5,
        higher: false,
        detail: costs
          .map(({ name, cpuMs }) => `${name}: ${cpuMs.toFixed(2)}`)
          .join('; '),
      },
    ];
  } finally {
    await backend.stop();
    await postgres.stop();
  }
}

/** Sends for some seconds and counts the responses, which must all be 401. */
async function flood(
  intruder: Intruder,
  port: number,
  seconds: number,
): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let answers = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const sender = intruder.start(port);
      while (performance.now() < until) {
        const status = await sender.send();
        if (status !== 401) {
          throw new Error(`${intruder.name} got ${status}`);
        }
        answers++;
      }
      sender.close();
    }),
  );
  return answers;
}

/** Sends requests without a body on one connection. */
function keptAlive(port: number, token: () => string | undefined) {
  const client = new RawHttpClient(port, () => headOf(token()));
  return {
    send: async () => (await client.send([])).status,
    close: () => client.close(),
  };
}

/** Opens a new connection per request: the backend closes it, because it does not read the body. */
function sendAnnounced(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const chunk = Buffer.alloc(64 * 1024);
    let answer = '';
    const fill = () => {
      while (!socket.destroyed && socket.write(chunk)) {
        // Writes until the buffers on both sides are full.
      }
    };
    socket.setEncoding('latin1');
    socket.on('drain', fill);
    socket.on('data', text => {
      answer += text;
      if (answer.includes('\r\n\r\n')) {
        // Closes the connection, as clients do when the response announces its
        // end.
        socket.destroy();
      }
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const takenBytes = socket.bytesWritten - socket.writableLength;
      if (takenBytes > MAX_TAKEN_BYTES) {
        reject(new Error(`${takenBytes} bytes of the body were accepted`));
      }
      resolve(Number(answer.slice(9, 12)));
    });
    socket.write(
      `${headOf(generateToken().token)}content-length: ${1024 * MIB}\r\n\r\n`,
    );
    fill();
  });
}

/** Everything before `content-length`. */
function headOf(token: string | undefined): string {
  return [
    `POST ${PATH} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/x-protobuf',
    'content-encoding: gzip',
    ...(token ? [`authorization: Bearer ${token}`] : []),
    '',
  ].join('\r\n');
}
