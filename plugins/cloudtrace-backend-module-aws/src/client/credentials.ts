import type { RootConfigService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import {
  type AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import type { JsonObject } from '@backstage/types';
import type { AwsConfig } from '../config/types';

/** Access keys as the SDK's clients take them. */
export interface AwsIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Gives the keys of an account; with `forceRefresh` it asks for new ones. */
export type AwsIdentityProvider = (options?: {
  forceRefresh?: boolean;
}) => Promise<AwsIdentity>;

const EXPIRY_MARGIN_MS = 5 * 60_000;

/**
 * The credentials manager of the AWS integration, in which roles of
 * `cloudtrace.aws.accounts` take the place of the integration's own entries.
 */
export function createCredentialsManager(
  root: RootConfigService,
  config: AwsConfig,
): AwsCredentialsManager {
  const withRoles = config.accounts.filter(account => account.roleArn);
  if (withRoles.length === 0) {
    return DefaultAwsCredentialsManager.fromConfig(root);
  }
  const integration = root.getOptional<JsonObject>('aws') ?? {};
  const ids = new Set(withRoles.map(account => account.accountId));
  const others = ((integration.accounts ?? []) as JsonObject[]).filter(
    account => !ids.has(String(account.accountId)),
  );
  const roles = withRoles.map(account => ({
    accountId: account.accountId,
    roleName: account.roleArn!.split(':role/')[1],
    region: account.regions[0],
    partition: config.partition,
    ...(account.externalId && { externalId: account.externalId }),
  }));
  return DefaultAwsCredentialsManager.fromConfig(
    new ConfigReader({
      aws: { ...integration, accounts: [...others, ...roles] },
    }),
  );
}

/**
 * Shares one account's keys between all its clients, so that a role is assumed
 * once and not once per client, and asks anew shortly before they expire.
 */
export function shareIdentity(
  load: () => Promise<AwsIdentity>,
  now: () => number = Date.now,
): AwsIdentityProvider {
  let current: Promise<AwsIdentity> | undefined;
  let expiresAt = 0;
  return async options => {
    if (!current || options?.forceRefresh || now() >= expiresAt) {
      const loading = load();
      current = loading;
      expiresAt = Number.POSITIVE_INFINITY;
      try {
        const { expiration } = await loading;
        if (expiration) expiresAt = expiration.getTime() - EXPIRY_MARGIN_MS;
      } catch (error) {
        if (current === loading) current = undefined;
        throw error;
      }
    }
    return current;
  };
}
