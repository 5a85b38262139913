import { SecretValue } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { generatedLogin } from '../broker/generatedLogin.ts';
import { CACHE_PORT, Cache } from '../Cache.ts';
import type { PartContext } from '../parts/Part.ts';

const USER_NAME = 'service';

/** Valkey for scheduled jobs and wake-up calls: it evicts nothing, and has a password. */
export class Redis extends Construct {
  /** Address with TLS, without the password. */
  readonly url: string;
  /** Id of the replication group: dimension of its metrics. */
  readonly replicationGroupId: string;
  /** Secret with the login. */
  readonly secretArn: string;

  constructor(scope: Construct, id: string, context: PartContext) {
    super(scope, id);
    const { fullName, encryptionKey, settings } = context;
    const secret = generatedLogin(this, 'Secret', {
      name: `${fullName}/redis-login`,
      description: `Login of ${fullName} at Redis`,
      username: USER_NAME,
      encryptionKey,
    });
    // Jobs are no copies of anything: Redis rejects new ones when it is full, instead of evicting others.
    const parameters = new elasticache.CfnParameterGroup(this, 'Parameters', {
      description: 'Evicts nothing',
      cacheParameterGroupFamily: 'valkey8',
      properties: { 'maxmemory-policy': 'noeviction' },
    });
    const { address, replicationGroupId } = new Cache(this, 'Nodes', {
      ...context,
      nodeType: settings.redisNodeType,
      parameterGroupName: parameters.ref,
      userGroupIds: [this.#userGroupId(context.shortName, secret.ref)],
    });
    this.url = `rediss://${address}:${CACHE_PORT}`;
    this.replicationGroupId = replicationGroupId;
    this.secretArn = secret.ref;
  }

  #userGroupId(shortName: string, secretArn: string): string {
    const user = new elasticache.CfnUser(this, 'User', {
      engine: 'valkey',
      userId: shortName,
      userName: USER_NAME,
      accessString: 'on ~* &* +@all',
      // A reference that CloudFormation resolves: the password is not in the template.
      passwords: [
        SecretValue.secretsManager(secretArn, {
          jsonField: 'password',
        }).unsafeUnwrap(),
      ],
    });
    return new elasticache.CfnUserGroup(this, 'Users', {
      engine: 'valkey',
      userGroupId: shortName,
      userIds: [user.ref],
    }).ref;
  }
}
