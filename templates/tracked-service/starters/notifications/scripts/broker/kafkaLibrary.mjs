import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pom = fileURLToPath(new URL('pom.xml', import.meta.url));

/** Where the broker's jars are; KAFKA_LIBRARY names a folder that several repositories share. */
export const kafkaLibrary =
  process.env.KAFKA_LIBRARY ??
  fileURLToPath(new URL('../../.local/broker/lib', import.meta.url));

/** What is missing to start a broker, or undefined. */
export function missingForKafka() {
  if (!runs('java', ['-version'])) return 'java (17 or later)';
  const jars = existsSync(kafkaLibrary) ? readdirSync(kafkaLibrary) : [];
  return jars.some(name => name.startsWith('kafka_'))
    ? undefined
    : 'the broker (npm run broker -- --download)';
}

/** Downloads Apache Kafka from Maven Central. */
export function downloadKafka() {
  execFileSync(
    'mvn',
    [
      '--batch-mode',
      '--quiet',
      '--file',
      pom,
      'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies',
      `-DoutputDirectory=${kafkaLibrary}`,
    ],
    { stdio: 'inherit' },
  );
}

/**
 * @param {string} command
 * @param {string[]} options
 */
export function runs(command, options) {
  try {
    execFileSync(command, options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
