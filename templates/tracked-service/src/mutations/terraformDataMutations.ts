import { mutationsOf, type Mutation } from './Mutation';

const inModule = (name: string, file = 'main') => `modules/${name}/${file}.tf`;

/** Mistakes in Terraform code about data, keys, alarms and settings. */
export const TERRAFORM_DATA_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(inModule('database'), [
    [
      'a public database',
      'publicly_accessible    = false',
      'publicly_accessible    = true',
    ],
    [
      'a database without standby',
      'multi_az               = true',
      'multi_az               = false',
    ],
    [
      'an unencrypted database',
      'storage_encrypted     = true',
      'storage_encrypted     = false',
    ],
    [
      'a database that anyone can delete',
      'deletion_protection       = var.deletion_protection',
      'deletion_protection       = false',
    ],
    [
      'no snapshot at the end',
      'skip_final_snapshot       = false',
      'skip_final_snapshot       = true',
    ],
    [
      'no backups',
      'backup_retention_period   = var.backup_days',
      'backup_retention_period   = 0',
    ],
    [
      'backups that go with the database',
      'delete_automated_backups  = false',
      'delete_automated_backups  = true',
    ],
    [
      'connections without TLS',
      'name  = "rds.force_ssl"\n    value = "1"',
      'name  = "rds.force_ssl"\n    value = "0"',
    ],
    [
      'a password in the code',
      'manage_master_user_password   = true',
      'password                      = "hunter2"',
    ],
    [
      'a database open to the internet',
      'referenced_security_group_id = var.service_security_group_id',
      'cidr_ipv4                    = "0.0.0.0/0"',
    ],
    [
      'no security patches',
      'auto_minor_version_upgrade = true',
      'auto_minor_version_upgrade = false',
    ],
    [
      'a database log that is lost',
      'enabled_cloudwatch_logs_exports = local.log_types',
      'enabled_cloudwatch_logs_exports = ["upgrade"]',
    ],
    [
      'a misspelt argument',
      'multi_az               = true',
      'multi_azz              = true',
      'terraform',
    ],
  ]),
  ...mutationsOf(inModule('cache'), [
    [
      'a cache without TLS',
      'transit_encryption_enabled = true',
      'transit_encryption_enabled = false',
    ],
    [
      'an unencrypted cache',
      'at_rest_encryption_enabled = true',
      'at_rest_encryption_enabled = false',
    ],
    [
      'a cache without failover',
      'automatic_failover_enabled = true',
      'automatic_failover_enabled = false',
    ],
  ]),
  ...mutationsOf(inModule('access-logs'), [
    [
      'a bucket that a policy can open',
      'block_public_policy     = true',
      'block_public_policy     = false',
    ],
    [
      'a bucket for everyone',
      'Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }',
      'Principal = "*"',
    ],
  ]),
  ...mutationsOf(inModule('clients', 'bucket'), [
    [
      'a bucket without TLS',
      '"aws:SecureTransport" = "false"',
      '"aws:SecureTransport" = "true"',
    ],
    [
      'a bucket without versions',
      'status = "Enabled"\n  }\n}\n\nresource "aws_s3_bucket_lifecycle',
      'status = "Suspended"\n  }\n}\n\nresource "aws_s3_bucket_lifecycle',
    ],
    [
      'a bucket without our key',
      'sse_algorithm     = "aws:kms"',
      'sse_algorithm     = "AES256"',
    ],
    [
      'a bucket that grows forever',
      'expiration {\n      days = 30',
      'expiration {\n      days = 0',
    ],
  ]),
  ...mutationsOf(inModule('clients', 'queue'), [
    [
      'an unencrypted queue',
      'sqs_managed_sse_enabled    = true',
      'sqs_managed_sse_enabled    = false',
    ],
    [
      'a queue without dead letters',
      'redrive_policy = jsonencode({\n    deadLetterTargetArn = aws_sqs_queue.failed.arn\n    maxReceiveCount     = 5\n  })',
      '',
    ],
  ]),
  ...mutationsOf(inModule('clients', 'api'), [
    [
      'an API for anyone',
      'authorization_type = "AWS_IAM"',
      'authorization_type = "NONE"',
    ],
  ]),
  ...mutationsOf(inModule('clients'), [
    [
      'agents with public addresses',
      'assign_public_ip = false',
      'assign_public_ip = true',
    ],
    ['agents without rollback', 'rollback = true', 'rollback = false'],
    [
      'agents that write to their image',
      'readonlyRootFilesystem = true',
      'readonlyRootFilesystem = false',
    ],
  ]),
  ...mutationsOf(inModule('notifications'), [
    ['an unencrypted topic', 'kms_master_key_id = var.kms_key_arn', ''],
    [
      'a topic for everyone',
      'Principal = { Service = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] }\n        Action    = "sns:Publish"\n        Resource  = aws_sns_topic.this.arn\n        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }',
      'Principal = "*"\n        Action    = "sns:Publish"\n        Resource  = aws_sns_topic.this.arn',
    ],
  ]),
  ...mutationsOf(inModule('encryption'), [
    [
      'a key that is never rotated',
      'enable_key_rotation     = true',
      'enable_key_rotation     = false',
    ],
    [
      'a key for everyone',
      'Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }',
      'Principal = { AWS = "*" }',
    ],
    [
      'a key for a role that a new account does not have',
      'Principal = { Service = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] }',
      'Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" }',
    ],
  ]),
  ...mutationsOf(inModule('portal-access'), [
    [
      'a role that the pipeline may not create',
      'permissions_boundary = var.permissions_boundary_arn',
      '',
    ],
  ]),
  ...mutationsOf(inModule('observability'), [
    [
      'alarms that notify nobody',
      'alarm_actions       = [var.topic_arn]\n  ok_actions          = [var.topic_arn]',
      '',
    ],
    [
      'an alarm that misses errors of the load balancer',
      '"HTTPCode_ELB_5XX_Count"',
      '"HTTPCode_Target_5XX_Count"',
    ],
    [
      'no alarm when there is no instance',
      'threshold = 1, missing = "breaching"',
      'threshold = 1, missing = "notBreaching"',
    ],
    ['no alarm for a full disk', 'database-storage = {', 'database-disk = {'],
  ]),
  ...mutationsOf(inModule('portal-access'), [
    [
      'a portal role without external id',
      'Condition = { StringEquals = { "sts:ExternalId" = var.portal_external_id } }',
      '',
    ],
  ]),
  ...mutationsOf(inModule('migration'), [
    [
      'a migration that writes to its image',
      'readonlyRootFilesystem = true',
      'readonlyRootFilesystem = false',
    ],
    [
      'a password for the migration in the code',
      'DATABASE_SSL               = "verify-full"',
      'DATABASE_SSL               = "verify-full"\n      DATABASE_PASSWORD          = "hunter2"',
    ],
  ]),
  ...mutationsOf('compute.tf', [
    [
      'a service that is the master user',
      '[aws_secretsmanager_secret.database_login.arn] : [])',
      '[module.database.secret_arn] : [])',
    ],
    [
      'a token in the code',
      'module "compute" {',
      'resource "aws_secretsmanager_secret_version" "token" {\n  secret_id     = aws_secretsmanager_secret.ingest_token.id\n  secret_string = "hunter2"\n}\n\nmodule "compute" {',
    ],
  ]),
  ...mutationsOf('main.tf', [
    ['an unencrypted secret', 'kms_key_id  = module.encryption.key_arn', ''],
  ]),
  ...mutationsOf('main.tf', [
    [
      'resources without the tag of their entity',
      'tags = local.tags',
      'tags = {}',
    ],
  ]),
];
