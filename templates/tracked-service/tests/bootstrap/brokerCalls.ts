import { REGION } from './BootstrapStack';
import {
  all,
  anything,
  grant,
  on,
  regional,
  serviceRole,
  type CallsFor,
} from './callsFor';

const logGroup = (fullName: string) =>
  regional('logs', `log-group:/cloudtrace/${fullName}/worker`);
const cluster = (fullName: string) =>
  regional('kafka', `cluster/${fullName}/1-2`);
const configuration = (fullName: string) =>
  regional('kafka', `configuration/${fullName}/1-2`);
const brokerLogin = (fullName: string) =>
  regional(
    'secretsmanager',
    `secret:AmazonMSK_${fullName}/broker-login-AbCdEf`,
  );
const redisLogin = (fullName: string) =>
  regional('secretsmanager', `secret:${fullName}/redis-login-AbCdEf`);
const user = (fullName: string) => regional('elasticache', `user:${fullName}`);

/** CloudFormation creates secrets with the permissions of who creates the stack. */
const generatedSecret = (secret: (fullName: string) => string) =>
  on(
    'secretsmanager',
    'CreateSecret DeleteSecret DescribeSecret TagResource UntagResource UpdateSecret GetSecretValue',
    secret,
  );

/** What Terraform's AWS provider calls for broker, Redis and their logins, and for the workers. */
export const BROKER_CALLS: Readonly<Record<string, CallsFor>> = {
  // The stack of the logins; that of the sign-in is in networkCalls.
  aws_cloudformation_stack: all(
    on(
      'cloudformation',
      'CreateStack DeleteStack DescribeStackEvents DescribeStacks GetTemplate UpdateStack',
      fullName => regional('cloudformation', `stack/${fullName}-logins/1`),
    ),
    generatedSecret(brokerLogin),
    generatedSecret(redisLogin),
    on('secretsmanager', 'GetRandomPassword', anything),
    on('kms', 'Decrypt GenerateDataKey', () => regional('kms', 'key/1'), {
      'kms:ViaService': `secretsmanager.${REGION}.amazonaws.com`,
    }),
    on(
      'elasticache',
      'AddTagsToResource CreateUser DeleteUser ListTagsForResource ModifyUser',
      user,
    ),
    on('elasticache', 'DescribeUsers', anything),
  ),
  aws_cloudwatch_log_metric_filter: on(
    'logs',
    'DeleteMetricFilter DescribeMetricFilters PutMetricFilter',
    logGroup,
  ),
  aws_elasticache_parameter_group: on(
    'elasticache',
    'AddTagsToResource CreateCacheParameterGroup DeleteCacheParameterGroup DescribeCacheParameterGroups DescribeCacheParameters ListTagsForResource ModifyCacheParameterGroup RemoveTagsFromResource ResetCacheParameterGroup',
    fullName => regional('elasticache', `parametergroup:${fullName}-jobs`),
  ),
  aws_elasticache_user_group: all(
    on(
      'elasticache',
      'AddTagsToResource CreateUserGroup DeleteUserGroup ListTagsForResource ModifyUserGroup RemoveTagsFromResource',
      fullName => regional('elasticache', `usergroup:${fullName}`),
    ),
    // Resources of both kinds are part of the call.
    on('elasticache', 'CreateUserGroup ModifyUserGroup', user),
    on('elasticache', 'DescribeUserGroups', anything),
  ),
  aws_msk_cluster: all(
    on('kafka', 'CreateCluster', anything),
    on(
      'kafka',
      'DeleteCluster DescribeCluster ListTagsForResource TagResource UntagResource UpdateBrokerStorage UpdateBrokerType UpdateClusterConfiguration UpdateClusterKafkaVersion UpdateMonitoring UpdateSecurity',
      cluster,
    ),
    on('kafka', 'DescribeClusterOperation GetBootstrapBrokers', anything),
    // Brokers write to the log group of the environment.
    on(
      'logs',
      'CreateLogDelivery DeleteLogDelivery DescribeResourcePolicies GetLogDelivery ListLogDeliveries PutResourcePolicy UpdateLogDelivery',
      anything,
    ),
    grant,
    serviceRole('kafka.amazonaws.com'),
  ),
  aws_msk_configuration: all(
    on('kafka', 'CreateConfiguration', anything),
    on(
      'kafka',
      'DeleteConfiguration DescribeConfiguration DescribeConfigurationRevision UpdateConfiguration',
      configuration,
    ),
  ),
  aws_msk_scram_secret_association: all(
    on(
      'kafka',
      'BatchAssociateScramSecret BatchDisassociateScramSecret ListScramSecrets',
      cluster,
    ),
    on('secretsmanager', 'GetSecretValue', brokerLogin),
    grant,
  ),
  aws_secretsmanager_secret_policy: on(
    'secretsmanager',
    'DeleteResourcePolicy GetResourcePolicy PutResourcePolicy',
    brokerLogin,
  ),
};
