#!/usr/bin/env node
// Starts Apache Kafka and Redis on this machine, without Docker: `npm run broker`.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { downloadKafka, missingForKafka, runs } from './kafkaLibrary.mjs';
import { startKafka } from './startKafka.mjs';
import { missingForRedis, startRedis } from './startRedis.mjs';

const usage = `Starts Apache Kafka and Redis on this machine until you press Ctrl+C.

Usage: npm run broker [-- --kafka-port 9092 --redis-port 6379]
       npm run broker -- --download      only downloads Kafka, for the tests

Needs java (17 or later), mvn for the first download, and redis-server.
`;
const directory = fileURLToPath(new URL('../../.local/broker', import.meta.url));

const { values } = parseArgs({
  options: {
    'kafka-port': { type: 'string', default: '9092' },
    'redis-port': { type: 'string', default: '6379' },
    download: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
if (missingForKafka()?.startsWith('the broker') && runs('mvn', ['-version'])) {
  console.log('Downloading Apache Kafka from Maven Central …');
  downloadKafka();
}
const missing = [missingForKafka(), ...(values.download ? [] : [missingForRedis()])];
for (const tool of missing.filter(Boolean)) console.error(`Missing: ${tool}`);
if (missing.some(Boolean)) process.exit(1);
if (values.download) process.exit(0);

const redis = await startRedis({ port: Number(values['redis-port']) }).catch(fail);
const kafka = await startKafka({
  port: Number(values['kafka-port']),
  directory,
}).catch(async error => {
  await redis.stop();
  return fail(error);
});
console.log(`Apache Kafka and Redis run. Start the service in another terminal with:

export KAFKA_BROKERS=${kafka.brokers} REDIS_URL=${redis.url}
`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await Promise.all([kafka.stop(), redis.stop()]);

/**
 * @param {Error} error
 * @returns {never}
 */
function fail(error) {
  console.error(error.message);
  process.exit(1);
}
