import { mutationsOf, type Mutation } from './Mutation';

const inBroker = (file: string) => `lib/broker/${file}.ts`;

/** Mistakes in CDK code about broker, Redis and workers. */
export const CDK_BROKER_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(inBroker('Broker'), [
    [
      'a broker that accepts plain text',
      "clientBroker: 'TLS'",
      "clientBroker: 'TLS_PLAINTEXT'",
    ],
    ['brokers that talk in plain text', 'inCluster: true', 'inCluster: false'],
    ['a public broker', "type: 'DISABLED'", "type: 'SERVICE_PROVIDED_EIPS'"],
    [
      'a broker without logins',
      'unauthenticated: { enabled: false }',
      'unauthenticated: { enabled: true }',
    ],
    [
      'a broker with a key of AWS',
      'dataVolumeKmsKeyId: encryptionKey.keyArn',
      "dataVolumeKmsKeyId: 'alias/aws/kafka'",
    ],
    [
      'a broker that loses messages',
      'unclean.leader.election.enable=false',
      'unclean.leader.election.enable=true',
    ],
    [
      'messages in one zone',
      'default.replication.factor=${zones}',
      'default.replication.factor=1',
    ],
    [
      'a broker that is open to the internet',
      'group.addIngressRule(\n      serviceSecurityGroup',
      'group.addIngressRule(\n      ec2.Peer.anyIpv4()',
    ],
  ]),
  ...mutationsOf('lib/redis/Redis.ts', [
    [
      'Redis that evicts jobs',
      "'maxmemory-policy': 'noeviction'",
      "'maxmemory-policy': 'allkeys-lru'",
    ],
    [
      'Redis without logins',
      'userGroupIds: [this.#userGroupId(context.shortName, secret.ref)],',
      '',
    ],
  ]),
  ...mutationsOf(inBroker('generatedLogin'), [
    [
      'a password of the broker in the code',
      'kmsKeyId: encryptionKey.keyArn,',
      "kmsKeyId: encryptionKey.keyArn, secretString: 'hunter2',",
    ],
  ]),
  ...mutationsOf('lib/worker/Worker.ts', [
    [
      'a worker with a public address',
      'assignPublicIp: false',
      'assignPublicIp: true',
    ],
    [
      'a worker that may write to its files',
      'readonlyRootFilesystem: true',
      'readonlyRootFilesystem: false',
    ],
    [
      'a broken release of the workers that stays',
      'rollback: true',
      'rollback: false',
    ],
  ]),
  ...mutationsOf('lib/worker/permissions.ts', [
    ['a worker that reads any secret', 'secretArns(context),', "['*'],"],
  ]),
];
