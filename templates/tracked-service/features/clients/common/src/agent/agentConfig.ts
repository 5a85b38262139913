import { envSchema } from 'env-schema';
import { Type, type Static } from 'typebox';

const schema = Type.Object({
  DOWNLOAD_QUEUE_URL: Type.String({ minLength: 1 }),
  DOWNLOAD_BUCKET: Type.String({ minLength: 1 }),
  SERVICE_BASE_URL: Type.String({ minLength: 1 }),
  DOWNLOAD_MAX_BYTES: Type.Integer({
    default: 1_073_741_824,
    minimum: 1,
  }),
  // Less than the queue's visibility timeout (five minutes); otherwise a second agent would start the same job.
  DOWNLOAD_TIMEOUT_MS: Type.Integer({
    default: 240_000,
    minimum: 1_000,
    maximum: 3_600_000,
  }),
});

/** Settings of a download agent, in addition to those of every process of the service. */
export type AgentConfig = Static<typeof schema>;

/** @throws Error that names every invalid variable. */
export function loadAgentConfig(
  environment: Record<string, string | undefined> = process.env,
): AgentConfig {
  return envSchema<AgentConfig>({
    schema,
    data: { ...environment },
    env: false,
  });
}
