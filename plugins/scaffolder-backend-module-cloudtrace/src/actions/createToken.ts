import type {
  BackstageCredentials,
  DiscoveryService,
  LoggerService,
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
      const { entityRef, environment, store: kind, name, repoUrl } = ctx.input;
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
      const apiUrl = await deps.discovery.getExternalBaseUrl('cloudtrace');
      const tokenIds = await createMissingTokens({
        client: deps.client,
        store,
        credentials: await ctx.getInitiatorCredentials(),
        logger: ctx.logger,
        entityRef,
        kinds,
        environment,
        expiresInDays: ctx.input.expiresInDays ?? DEFAULT_EXPIRY_DAYS,
        exporterUrl: kind === 'local' ? apiUrl : undefined,
      });
      if (kind === 'local') {
        await store.put('CLOUDTRACE_URL', apiUrl);
      }
      ctx.output('tokenIds', tokenIds);
      ctx.output('storedIn', store.title);
    },
  });
}

/** Creates the tokens that the store does not have yet. Resolves to their ids. */
async function createMissingTokens(options: {
  client: CloudTraceClient;
  store: SecretStore;
  credentials: BackstageCredentials;
  logger: LoggerService;
  entityRef: string;
  kinds: readonly TokenKind[];
  environment: string | undefined;
  expiresInDays: number;
  /** Where an exporter sends requests; absent if it is configured elsewhere. */
  exporterUrl: string | undefined;
}): Promise<string[]> {
  const { store, logger, entityRef, exporterUrl } = options;
  const tokenIds: string[] = [];
  for (const kind of options.kinds) {
    const secretName = `CLOUDTRACE_${kind.toUpperCase()}_TOKEN`;
    // A step that runs again must not use up the entity's tokens.
    if (await store.has(secretName)) {
      logger.info(`${secretName} already exists in ${store.title}`);
      continue;
    }
    const tokenId = await createAndStore(options, {
      entityRef,
      token: {
        name: `${kind} (${store.title})`.slice(0, 100),
        kind,
        environment: options.environment,
        expiresInDays: options.expiresInDays,
      },
      secretsOf: secret => ({
        [secretName]: secret,
        ...(exporterUrl !== undefined &&
          kind === 'requests' &&
          exporterSettings(exporterUrl, secret)),
      }),
    });
    tokenIds.push(tokenId);
    logger.info(`Stored ${secretName} in ${store.title}`);
  }
  return tokenIds;
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
