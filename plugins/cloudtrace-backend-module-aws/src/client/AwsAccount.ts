import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import type { AwsAccountConfig, AwsConfig } from '../config/types';
import { AccountIdentity, type AwsIdentity } from './AccountIdentity';
import { AwsRegion } from './AwsRegion';
import { untilAborted } from './untilAborted';

/** One account: its credentials and its regions. */
export class AwsAccount {
  readonly regions: AwsRegion[];

  constructor(
    config: AwsConfig,
    account: AwsAccountConfig,
    credentials: AwsCredentialsManager,
    logger: LoggerService,
  ) {
    const { accountId } = account;
    const load = async (): Promise<AwsIdentity> => {
      const provider = await credentials.getCredentialProvider({ accountId });
      return provider.sdkCredentialProvider();
    };
    const identity = new AccountIdentity({
      // Neither the credentials manager nor the SDK sets a time limit here.
      load: () =>
        untilAborted(
          load(),
          AbortSignal.timeout(2 * config.limits.requestTimeoutMs),
        ),
    });
    this.regions = account.regions.map(
      region => new AwsRegion({ accountId, region, config, identity, logger }),
    );
  }
}
