import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaLibrary } from './kafkaLibrary.mjs';
import { assertFree, untilOpen } from './ports.mjs';

const startMs = 60_000;

/**
 * Starts an Apache Kafka broker (KRaft) on loopback and waits until it accepts connections. The same folder keeps its
 * topics.
 *
 * @param {{ port: number, directory: string }} options - the controller uses the next port
 */
export async function startKafka({ port, directory }) {
  await assertFree(port, '--kafka-port');
  await assertFree(port + 1, '--kafka-port (the controller uses the next one)');
  mkdirSync(directory, { recursive: true });
  const properties = join(directory, 'server.properties');
  writeFileSync(properties, settings(port, join(directory, 'data')));
  const java = ['-Xmx384m', '-cp', join(kafkaLibrary, '*')];
  if (!existsSync(join(directory, 'data/meta.properties'))) {
    const id = randomBytes(16).toString('base64url');
    // With `=`, because the id may begin with a hyphen.
    const format = ['format', `--cluster-id=${id}`, `--config=${properties}`];
    execFileSync('java', [...java, 'kafka.tools.StorageTool', ...format], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
  const logFile = join(directory, 'broker.log');
  const log = openSync(logFile, 'a');
  const broker = spawn('java', [...java, 'kafka.Kafka', properties], {
    stdio: ['ignore', log, log],
  });
  await untilOpen({
    port,
    server: broker,
    timeoutMs: startMs,
    what: `The broker (its log: ${logFile})`,
  });
  return {
    port,
    directory,
    brokers: `127.0.0.1:${port}`,
    pid: broker.pid,
    /** @param {NodeJS.Signals} signal */
    async stop(signal = 'SIGTERM') {
      if (broker.exitCode !== null || broker.signalCode !== null) return;
      const exited = once(broker, 'exit');
      broker.kill(signal);
      await exited;
    },
  };
}

/**
 * @param {number} port
 * @param {string} data
 */
function settings(port, data) {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${port + 1}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${port + 1}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=PLAINTEXT',
    `log.dirs=${data}`,
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    // The service creates its topics, with the right number of partitions.
    'auto.create.topics.enable=false',
  ].join('\n');
}
