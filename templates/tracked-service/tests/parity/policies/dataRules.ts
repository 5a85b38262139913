import type { InfrastructureModel, Plain } from '../InfrastructureModel';
import { productionRule, rule, type Rule } from './Rule';

const setting = (model: InfrastructureModel, name: string): Plain =>
  (model.database.parameters as readonly string[])
    .map(line => line.split('='))
    .find(([key]) => key === name)?.[1] ?? null;

/** Database, cache, buckets, queues and secrets. */
export const dataRules: readonly Rule[] = [
  rule(
    'RDS.3',
    'the database is not encrypted',
    ({ database }) => database.encrypted === true && database.key === '<key>',
  ),
  rule(
    'RDS.2',
    'the database has a public address',
    ({ database }) => database.public === false,
  ),
  rule(
    'RDS.5',
    'the database has no standby in a second zone',
    ({ database }) => database.multiZone === true,
  ),
  rule(
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
    "the database's password is not managed by RDS",
    ({ database }) => database.managedPassword === true,
  ),
  rule(
    'RDS.11',
    'the database is not backed up',
    ({ database }) => Number(database.backupDays) >= 1,
  ),
  rule(
    'RDS.11',
    'deleting the database deletes its backups',
    ({ database }) => database.keepsBackups === true,
  ),
  rule(
    'RDS.38',
    'the database accepts connections without TLS',
    model => setting(model, 'rds.force_ssl') === '1',
  ),
  rule('RDS.9', 'the log of the database is not exported', ({ database }) =>
    (database.logs as readonly string[]).includes('postgresql'),
  ),
  rule(
    'RDS.13',
    'the database gets no security patches',
    ({ database }) => database.upgradesMinor === true,
  ),
  rule(
    'RDS.17',
    'snapshots of the database have no tags',
    ({ database }) => database.copiesTags === true,
  ),
  productionRule(
    'RDS.8',
    'the database is not protected from deletion',
    ({ database }) => database.deletionProtection === true,
  ),
  productionRule(
    'RDS.11',
    'the database can be restored for less than 7 days',
    ({ database }) => Number(database.backupDays) >= 7,
  ),
  rule(
    'ElastiCache.4, ElastiCache.5',
    'the cache is not encrypted',
    ({ cache }) =>
      cache === null ||
      (cache.encrypted === true && cache.tls === true && cache.key === '<key>'),
  ),
  rule(
    'ElastiCache.3',
    'the cache does not fail over to a second zone',
    ({ cache }) =>
      cache === null ||
      (cache.failsOver === true &&
        cache.multiZone === true &&
        Number(cache.nodes) >= 2),
  ),
  rule('S3.8', 'a bucket can be made public', ({ buckets }) =>
    buckets.every(bucket => bucket.public === false),
  ),
  rule('S3.5', 'a bucket can be reached without TLS', ({ buckets }) =>
    buckets.every(bucket => bucket.tlsOnly === true),
  ),
  rule('S3.14', 'a bucket keeps no earlier versions', ({ buckets }) =>
    buckets.every(bucket => bucket.versioned === true),
  ),
  rule('S3.13', 'a bucket grows forever', ({ buckets }) =>
    buckets.every(bucket => Number(bucket.expiresAfterDays) > 0),
  ),
  rule(
    'S3.9',
    'a bucket does not log its requests',
    ({ buckets }) =>
      // All but one: the bucket that the logs go to.
      buckets.filter(bucket => bucket.accessLogs === null).length <= 1,
  ),
  rule('S3.17', 'a bucket with data uses no key of ours', ({ buckets }) =>
    buckets.every(
      bucket => bucket.accessLogs === null || bucket.key === '<key>',
    ),
  ),
  rule('SQS.1', 'a queue is not encrypted', ({ queues }) =>
    queues.every(queue => queue.encrypted === true && queue.tlsOnly === true),
  ),
  rule(
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    'a job that always fails blocks the queue: there is no dead-letter queue',
    ({ queues }) =>
      queues.length === 0 || queues.some(queue => Number(queue.attempts) > 0),
  ),
  rule('SecretsManager.1', 'a secret uses no key of ours', ({ secrets }) =>
    secrets.every(secret => secret.key === '<key>'),
  ),
  rule(
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html',
    'the value of a secret is part of the code',
    ({ secrets }) => secrets.every(secret => secret.hasValue === false),
  ),
];
