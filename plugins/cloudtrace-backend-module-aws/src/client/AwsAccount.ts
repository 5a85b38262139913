import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import type { AwsAccountConfig, AwsConfig } from '../config/types';
import { AwsRegion } from './AwsRegion';
import { isOutage } from './classifyAwsError';
import { type AwsIdentity, shareIdentity } from './credentials';
import { untilAborted } from './untilAborted';

const FAILURES_BEFORE_PAUSE = 6;
const PAUSE_MS = 60_000;

/**
 * One account: its credentials, its regions and a breaker, so that an account
 * whose credentials or network are broken costs a few calls a minute, not a cycle.
 */
export class AwsAccount {
  readonly regions: AwsRegion[];
  private readonly breaker: CircuitBreakerPolicy;

  constructor(
    config: AwsConfig,
    account: AwsAccountConfig,
    credentials: AwsCredentialsManager,
    logger: LoggerService,
  ) {
    this.breaker = circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: PAUSE_MS,
      breaker: new ConsecutiveBreaker(FAILURES_BEFORE_PAUSE),
    });
    this.breaker.onBreak(() =>
      logger.warn(
        `AWS account ${
          account.accountId
        } keeps failing; pausing its calls for ${PAUSE_MS / 1000} s`,
      ),
    );
    const load = async (): Promise<AwsIdentity> => {
      const provider = await credentials.getCredentialProvider({
        accountId: account.accountId,
      });
      return provider.sdkCredentialProvider();
    };
    // Neither the credentials manager nor the SDK bounds the time of this.
    const identity = shareIdentity(() =>
      untilAborted(
        load(),
        AbortSignal.timeout(2 * config.limits.requestTimeoutMs),
      ),
    );
    this.regions = account.regions.map(
      region =>
        new AwsRegion({
          accountId: account.accountId,
          region,
          config,
          identity,
          breaker: this.breaker,
        }),
    );
  }
}
