import type { Config } from '../../config/config.js';

export type KafkaConnection = ReturnType<typeof kafkaConnection>;

/** What all clients of the broker share. */
export function kafkaConnection(
  config: Config,
  brokers: string,
  clientId: string,
) {
  return {
    clientId,
    bootstrapBrokers: brokers.split(',').map(broker => broker.trim()),
    // Whoever calls retries as well, with longer pauses.
    retries: 3,
    retryDelay: 250,
    connectTimeout: 3_000,
    timeout: 10_000,
    autocreateTopics: false,
    ...(config.KAFKA_SSL === 'verify-full' && { tls: {} }),
    ...(config.KAFKA_USERNAME &&
      config.KAFKA_PASSWORD && {
        sasl: {
          mechanism: 'SCRAM-SHA-512' as const,
          username: config.KAFKA_USERNAME,
          password: config.KAFKA_PASSWORD,
        },
      }),
  };
}
