import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingForKafka } from '../../scripts/broker/kafkaLibrary.mjs';
import { isOpen } from '../../scripts/broker/ports.mjs';
import {
  startKafka,
  type KafkaBroker,
} from '../../scripts/broker/startKafka.mjs';
import {
  missingForRedis,
  startRedis,
  type RedisServer,
} from '../../scripts/broker/startRedis.mjs';
import { freePort } from './ServiceProcess.js';

/** A server that some tests need; without it, they say that they did not run. */
export interface RealServer<T> {
  readonly name: string;
  /** What is missing on this machine, or undefined. */
  readonly missing: string | undefined;
  start(): Promise<T>;
}

export const realRedis: RealServer<RedisServer> = {
  name: 'Redis',
  missing: missingForRedis(),
  start: async () => startRedis({ port: await freePort() }),
};

export const realKafka: RealServer<KafkaBroker> = {
  name: 'Apache Kafka',
  missing: missingForKafka(),
  start: async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kafka-'));
    return startKafka({ port: await freePortPair(), directory });
  },
};

/** The title of a group of tests that needs the server. */
export function titleFor(server: RealServer<unknown>): string {
  if (!server.missing) return `on ${server.name}`;
  const title = `on ${server.name}: NOT RUN, ${server.missing} is missing`;
  console.warn(title);
  return title;
}

/** The controller of the broker uses the next port. */
async function freePortPair(): Promise<number> {
  const port = await freePort();
  const isPair = port < 65_000 && !(await isOpen(port + 1));
  return isPair ? port : freePortPair();
}
