import type {
  BackstageCredentials,
  DiscoveryService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { CloudTraceClient, TokenKind } from '../api/CloudTraceClient';
import { openSecretStore, SECRET_STORES } from '../secrets/openSecretStore';
import type { SecretStore } from '../secrets/SecretStore';
import { examples } from './createToken.examples';

const KINDS = ['requests', 'scans', 'events'] as const;
const DEFAULT_EXPIRY_DAYS = 90;

/**
 * `cloudtrace:token:create`: creates ingest tokens of an entity and stores each
 * where it is used. The secret is never an output, a log line or a checkpoint,
 * because Backstage stores those.
 */
export function createCreateTokenAction(deps: {
  client: CloudTraceClient;
  config: RootConfigService;
  discovery: DiscoveryService;
  integrations: ScmIntegrations;
}) {
  return createTemplateAction({
    id: 'cloudtrace:token:create',
    description:
      "Creates an entity's ingest tokens and stores them where the service or its pipeline reads its secrets",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z.string().describe('The component; must be in the catalog'),
        environment: z =>
          z
            .string()
            .optional()
            .describe(
              "Environment of the tokens; the entity's default environment if absent",
            ),
        kinds: z =>
          z
            .array(z.enum(KINDS))
            .nonempty()
            .default(['requests'])
            .describe('What the tokens are for; one token for each'),
        store: z =>
          z
            .enum(SECRET_STORES)
            .describe(
              'local: the .env file of the local repository; github: Actions secrets; bitbucket: secured pipeline variables',
            ),
        name: z =>
          z.string().optional().describe('Name of the local repository'),
        repoUrl: z =>
          z.string().optional().describe('Repository at GitHub or Bitbucket'),
        expiresInDays: z =>
          z
            .number()
            .int()
            .positive()
            .max(365)
            .default(DEFAULT_EXPIRY_DAYS)
            .describe('Lifetime of the tokens in days'),
      },
      output: {
        tokenIds: z => z.array(z.string()).describe('Ids of the new tokens'),
        storedIn: z => z.string().describe('Where the secrets are stored'),
      },
    },
    async handler(ctx) {
      const { entityRef, store: kind, name, repoUrl } = ctx.input;
      const kinds: readonly TokenKind[] = ctx.input.kinds ?? ['requests'];
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would create tokens for ${kinds.join(
            ', ',
          )} of ${entityRef}`,
        );
        return;
      }
      const store = openSecretStore(kind, { name, repoUrl }, deps);
      const credentials = await ctx.getInitiatorCredentials();
      const apiUrl = await deps.discovery.getExternalBaseUrl('cloudtrace');
      const tokenIds: string[] = [];
      for (const tokenKind of kinds) {
        const secretName = `CLOUDTRACE_${tokenKind.toUpperCase()}_TOKEN`;
        // A step that runs again must not use up the entity's tokens.
        if (await store.has(secretName)) {
          ctx.logger.info(`${secretName} already exists in ${store.title}`);
          continue;
        }
        const token = {
          name: `${tokenKind} (${store.title})`.slice(0, 100),
          kind: tokenKind,
          environment: ctx.input.environment,
          expiresInDays: ctx.input.expiresInDays ?? DEFAULT_EXPIRY_DAYS,
        };
        tokenIds.push(
          await createAndStore(
            { client: deps.client, store, credentials },
            {
              entityRef,
              token,
              secretsOf: secret => ({
                [secretName]: secret,
                ...(kind === 'local' &&
                  tokenKind === 'requests' &&
                  exporterSettings(apiUrl, secret)),
              }),
            },
          ),
        );
        ctx.logger.info(`Stored ${secretName} in ${store.title}`);
      }
      if (kind === 'local') {
        await store.put('CLOUDTRACE_URL', apiUrl);
      }
      ctx.output('tokenIds', tokenIds);
      ctx.output('storedIn', store.title);
    },
  });
}

async function createAndStore(
  using: {
    client: CloudTraceClient;
    store: SecretStore;
    credentials: BackstageCredentials;
  },
  what: {
    entityRef: string;
    secretsOf: (secret: string) => Record<string, string>;
    token: Parameters<CloudTraceClient['createToken']>[1];
  },
): Promise<string> {
  const { client, store, credentials } = using;
  const { id, secret } = await client.createToken(
    what.entityRef,
    what.token,
    credentials,
  );
  try {
    for (const [name, value] of Object.entries(what.secretsOf(secret))) {
      await store.put(name, value);
    }
  } catch (error) {
    // The secret is lost, so the token must not stay valid.
    await client.deleteToken(what.entityRef, id, credentials);
    throw new ForwardedError(
      `Could not store the token for ${what.token.kind} in ${store.title}; it was deleted`,
      error,
    );
  }
  return id;
}

/**
 * What an OpenTelemetry exporter reads from its environment; header values are
 * percent-encoded there.
 */
function exporterSettings(
  apiUrl: string,
  secret: string,
): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${apiUrl}/otlp`,
    OTEL_EXPORTER_OTLP_HEADERS: `Authorization=${encodeURIComponent(
      `Bearer ${secret}`,
    )}`,
  };
}
