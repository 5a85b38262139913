import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import {
  type AwsCredentialProvider,
  type AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import type { AwsAccountConfig, AwsConfig } from '../config/types';

/**
 * The credentials manager of the AWS integration, with the integration's
 * entries overridden by the roles of `cloudtrace.aws.accounts`.
 */
export function createCredentialsManager(
  root: RootConfigService,
  config: AwsConfig,
): AwsCredentialsManager {
  const integration = DefaultAwsCredentialsManager.fromConfig(root);
  const roles = new Map(
    config.accounts.flatMap(account =>
      account.roleArn
        ? [[account.accountId, assumeRole(account, config, integration)]]
        : [],
    ),
  );
  return {
    async getCredentialProvider(options) {
      const role = roles.get(options?.accountId ?? '');
      return role ?? integration.getCredentialProvider(options);
    },
  };
}

/**
 * Assumes an account's role with the portal's own identity, at the configured
 * endpoint like all calls.
 */
function assumeRole(
  account: AwsAccountConfig,
  config: AwsConfig,
  integration: AwsCredentialsManager,
): AwsCredentialProvider {
  return {
    accountId: account.accountId,
    sdkCredentialProvider: fromTemporaryCredentials({
      masterCredentials: async () => {
        const main = await integration.getCredentialProvider();
        return main.sdkCredentialProvider();
      },
      params: {
        RoleArn: account.roleArn,
        RoleSessionName: 'cloudtrace',
        ExternalId: account.externalId,
      },
      clientConfig: {
        region: account.regions[0],
        endpoint: config.endpoint,
        customUserAgent: 'cloudtrace',
      },
    }),
  };
}
