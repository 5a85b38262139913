import { mutationsOf, type Mutation } from './Mutation';

const inBroker = (file: string) => `modules/broker/${file}.tf`;

/** Mistakes in Terraform code about broker, Redis and workers. */
export const TERRAFORM_BROKER_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(inBroker('main'), [
    [
      'a broker that accepts plain text',
      'client_broker = "TLS"',
      'client_broker = "TLS_PLAINTEXT"',
    ],
    [
      'brokers that talk in plain text',
      'in_cluster    = true',
      'in_cluster    = false',
    ],
    ['a public broker', 'type = "DISABLED"', 'type = "SERVICE_PROVIDED_EIPS"'],
    [
      'a broker without logins',
      'unauthenticated = false',
      'unauthenticated = true',
    ],
    [
      'a broker with a key of AWS',
      'encryption_at_rest_kms_key_arn = var.kms_key_arn',
      'encryption_at_rest_kms_key_arn = "alias/aws/kafka"',
    ],
    [
      'a broker that loses messages',
      'unclean.leader.election.enable=false',
      'unclean.leader.election.enable=true',
    ],
    [
      'messages in one zone',
      'default.replication.factor=${local.zones}',
      'default.replication.factor=1',
    ],
    [
      'a broker that is open to the internet',
      'referenced_security_group_id = var.service_security_group_id',
      'cidr_ipv4                    = "0.0.0.0/0"',
    ],
  ]),
  ...mutationsOf('redis.tf', [
    ['Redis that evicts jobs', 'value = "noeviction"', 'value = "allkeys-lru"'],
    [
      'Redis without logins',
      'user_group_ids            = [aws_elasticache_user_group.redis.user_group_id]',
      'user_group_ids            = []',
    ],
  ]),
  ...mutationsOf(inBroker('logins'), [
    [
      'a password of the broker in the code',
      'GenerateSecretString = {',
      'SecretString = "hunter2", GenerateSecretString = {',
    ],
  ]),
  ...mutationsOf('modules/worker/main.tf', [
    [
      'a worker with a public address',
      'assign_public_ip = false',
      'assign_public_ip = true',
    ],
    [
      'a worker that may write to its files',
      'readonlyRootFilesystem = true',
      'readonlyRootFilesystem = false',
    ],
    [
      'a broken release of the workers that stays',
      'rollback = true',
      'rollback = false',
    ],
  ]),
  ...mutationsOf('modules/worker/iam.tf', [
    [
      'a worker that reads any secret',
      'Resource = var.secret_arns',
      'Resource = "*"',
    ],
  ]),
];
