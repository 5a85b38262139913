import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationTemplate } from './cloudformation/CloudFormationTemplate';
import { readCloudFormationModel } from './cloudformation/readCloudFormationModel';
import { findViolations } from './policy';

const SNAPSHOT = readFileSync(
  path.resolve(__dirname, 'snapshots/ecs-broker.json'),
  'utf8',
);

/** Violations of the reviewed template after it was weakened in one point. */
function violationsAfter(spoil: (resources: any) => void): string {
  const template = JSON.parse(SNAPSHOT);
  spoil(template.Resources);
  const model = readCloudFormationModel(
    new CloudFormationTemplate(template, {
      accountId: '111111111111',
      region: 'eu-central-1',
    }),
    'component:default/orders',
  );
  return findViolations(model, 'production').join('\n');
}

const first = (resources: any, type: string, id = '') =>
  Object.entries<any>(resources).find(
    ([name, { Type }]) => Type === type && name.startsWith(id),
  )![1].Properties;
const cluster = (resources: any) => first(resources, 'AWS::MSK::Cluster');
const setting = (from: string, to: string) => (resources: any) => {
  const configuration = first(resources, 'AWS::MSK::Configuration');
  configuration.ServerProperties = configuration.ServerProperties.replace(
    from,
    to,
  );
};
const worker = (resources: any) =>
  first(resources, 'AWS::ECS::TaskDefinition', 'Worker')
    .ContainerDefinitions[0];

describe('the rules for broker, Redis and workers', () => {
  it('find nothing in the reviewed template', () => {
    expect(violationsAfter(() => {})).toBe('');
  });

  it.each<[string, (resources: any) => void, RegExp]>([
    [
      'clients with plain text',
      r =>
        (cluster(r).EncryptionInfo.EncryptionInTransit.ClientBroker =
          'TLS_PLAINTEXT'),
      /plain text/,
    ],
    [
      'brokers with plain text',
      r => (cluster(r).EncryptionInfo.EncryptionInTransit.InCluster = false),
      /plain text/,
    ],
    [
      'public addresses',
      r => delete cluster(r).BrokerNodeGroupInfo.ConnectivityInfo,
      /the broker has public addresses/,
    ],
    [
      'clients without a login',
      r =>
        (cluster(r).ClientAuthentication.Unauthenticated = { Enabled: true }),
      /the broker accepts clients without a login/,
    ],
    [
      'a missing login',
      r => (first(r, 'AWS::MSK::BatchScramSecret').SecretArnList = []),
      /the broker accepts clients without a login/,
    ],
    [
      'a key of AWS',
      r => delete cluster(r).EncryptionInfo.EncryptionAtRest,
      /the broker uses no key of ours/,
    ],
    [
      'one copy of each message',
      setting('replication.factor=3', 'replication.factor=1'),
      /the loss of a zone/,
    ],
    [
      'messages that one zone acknowledges',
      setting('insync.replicas=2', 'insync.replicas=1'),
      /the loss of a zone/,
    ],
    [
      'elections that lose messages',
      setting('election.enable=false', 'election.enable=true'),
      /may lose acknowledged messages/,
    ],
    [
      'topics that anybody creates',
      setting('create.topics.enable=false', 'create.topics.enable=true'),
      /a misspelt topic/,
    ],
    [
      'a log that is not kept',
      r => delete cluster(r).LoggingInfo,
      /the log of the broker is not kept/,
    ],
    [
      'jobs that Redis evicts',
      r => (first(r, 'AWS::ElastiCache::ParameterGroup').Properties = {}),
      /Redis evicts jobs/,
    ],
    [
      'Redis without logins',
      r => delete first(r, 'AWS::ElastiCache::ReplicationGroup').UserGroupIds,
      /Redis accepts clients without a login/,
    ],
    [
      'a user of Redis without password',
      r => delete first(r, 'AWS::ElastiCache::User').Passwords,
      /Redis accepts clients without a login/,
    ],
    [
      'a worker that may write to its files',
      r => (worker(r).ReadonlyRootFilesystem = false),
      /may write to its own files/,
    ],
    [
      'a worker with capabilities',
      r => delete worker(r).LinuxParameters,
      /privileges that it does not need/,
    ],
    [
      'a password in the environment',
      r =>
        worker(r).Environment.push({
          Name: 'KAFKA_PASSWORD',
          Value: 'hunter2',
        }),
      /has a password in its environment/,
    ],
    [
      'a worker that nothing checks',
      r => delete worker(r).HealthCheck,
      /workers do not start/,
    ],
    [
      'a single worker',
      r =>
        (first(
          r,
          'AWS::ApplicationAutoScaling::ScalableTarget',
          'Worker',
        ).MinCapacity = 1),
      /one failure stops all workers/,
    ],
  ])('find %s', (_name, spoil, expected) => {
    expect(violationsAfter(spoil)).toMatch(expected);
  });
});

it('both tools check a worker with the same file', () => {
  const infra = path.resolve(__dirname, '../../features/worker/infra');
  const read = (file: string) => readFileSync(path.join(infra, file), 'utf8');
  expect(read('cdk/lib/worker/check-worker.cjs')).toBe(
    read('terraform/modules/worker/check-worker.cjs'),
  );
});
