import { mutationsOf, type Mutation } from './Mutation';

const inModule = (name: string, file = 'main') => `modules/${name}/${file}.tf`;

/** Mistakes in Terraform code. */
export const TERRAFORM_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(inModule('network'), [
    [
      'a public subnet that assigns addresses',
      'map_public_ip_on_launch = false',
      'map_public_ip_on_launch = true',
    ],
    [
      'a default security group that lets everything in',
      'resource "aws_default_security_group" "this" {\n',
      'resource "aws_default_security_group" "this" {\n  ingress {\n    protocol    = "-1"\n    from_port   = 0\n    to_port     = 0\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n\n',
    ],
    [
      'data subnets with a route to the internet',
      'resource "aws_route_table_association" "data" {',
      'resource "aws_route" "data" {\n  route_table_id         = aws_route_table.data.id\n  destination_cidr_block = "0.0.0.0/0"\n  gateway_id             = aws_internet_gateway.this.id\n}\n\nresource "aws_route_table_association" "data" {',
    ],
    [
      'one NAT gateway for all zones',
      'var.nat_gateway_per_zone ? var.zones :',
      '!var.nat_gateway_per_zone ? var.zones :',
      'terraform',
    ],
  ]),
  ...mutationsOf(inModule('network', 'flow-logs'), [
    [
      'only rejected connections recorded',
      'traffic_type         = "ALL"',
      'traffic_type         = "REJECT"',
    ],
  ]),
  ...mutationsOf(inModule('load-balancer'), [
    [
      'all ports of the load balancer open',
      'from_port         = 443',
      'from_port         = 0',
    ],
    [
      'invalid headers passed on',
      'drop_invalid_header_fields = true',
      'drop_invalid_header_fields = false',
    ],
    [
      'no access logs of the load balancer',
      'enabled = true',
      'enabled = false',
    ],
    [
      'a load balancer that anyone can delete',
      'enable_deletion_protection = var.deletion_protection',
      'enable_deletion_protection = false',
    ],
    [
      'TLS 1.0',
      'ELBSecurityPolicy-TLS13-1-2-2021-06',
      'ELBSecurityPolicy-2016-08',
    ],
    [
      'HTTP without a redirect',
      'default_action {\n    type = "redirect"\n\n    redirect {\n      protocol    = "HTTPS"\n      port        = "443"\n      status_code = "HTTP_301"\n    }\n  }',
      'default_action {\n    type             = "forward"\n    target_group_arn = aws_lb_target_group.service.arn\n  }',
    ],
    [
      'a redirect to plain HTTP',
      'protocol    = "HTTPS"\n      port        = "443"',
      'protocol    = "HTTP"\n      port        = "8080"',
    ],
    ['a check of liveness', '"/healthz/serving"', '"/healthz/live"'],
    [
      'a draining instance noticed too late',
      'unhealthy_threshold = 2',
      'unhealthy_threshold = 5',
    ],
    [
      'errors that count as healthy',
      'matcher             = "200"',
      'matcher             = "200-599"',
    ],
    [
      'requests cut off at deregistration',
      'deregistration_delay = 60',
      'deregistration_delay = 0',
    ],
  ]),
  ...mutationsOf(inModule('compute'), [
    [
      'IMDSv1',
      'http_tokens                 = "required"',
      'http_tokens                 = "optional"',
    ],
    [
      'metadata reachable from containers',
      'http_put_response_hop_limit = 1',
      'http_put_response_hop_limit = 2',
    ],
    [
      'an unencrypted disk',
      'encrypted             = true',
      'encrypted             = false',
    ],
    [
      'all ports open to the outside',
      'from_port         = 443',
      'from_port         = 0',
    ],
    [
      'instances open to the internet',
      'referenced_security_group_id = var.load_balancer_security_group_id',
      'cidr_ipv4                    = "0.0.0.0/0"',
    ],
    [
      'SSH from anywhere, inside the group',
      'tags = { Name = "${var.full_name}-service" }',
      'ingress {\n    protocol    = "tcp"\n    from_port   = 22\n    to_port     = 22\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n\n  tags = { Name = "${var.full_name}-service" }',
    ],
    [
      'instances with public addresses',
      'vpc_security_group_ids = [aws_security_group.this.id]',
      'vpc_security_group_ids = [aws_security_group.this.id]\n\n  network_interfaces {\n    associate_public_ip_address = "true"\n  }\n',
    ],
    [
      'unhealthy instances that nobody replaces',
      'health_check_type         = "ELB"',
      'health_check_type         = "EC2"',
    ],
    [
      'instances replaced before they have started',
      'health_check_grace_period = 180',
      'health_check_grace_period = 0',
    ],
    [
      'a deployment that ends all instances',
      'min_healthy_percentage = 100',
      'min_healthy_percentage = 0',
    ],
    [
      'a rollback that AWS rejects',
      'skip_matching          = true',
      'skip_matching          = true\n      auto_rollback          = true',
    ],
    [
      'a group that cannot grow',
      'max_size = var.max_size',
      'max_size = var.min_size',
    ],
    [
      'a minimum on spot',
      'on_demand_base_capacity                  = var.min_size',
      'on_demand_base_capacity                  = 0',
    ],
    [
      'a log kept forever',
      'retention_in_days = var.log_retention_days',
      'retention_in_days = 0',
    ],
    ['an unencrypted log', 'kms_key_id        = var.kms_key_arn', ''],
    [
      'failed launches that nobody hears of',
      '"autoscaling:EC2_INSTANCE_LAUNCH_ERROR",',
      '',
    ],
    ['a missing argument', 'max_size = var.max_size\n', '', 'terraform'],
  ]),
  ...mutationsOf('modules/compute/start-service.sh', [
    ['a container with all capabilities', '--cap-drop ALL', '--cap-add ALL'],
  ]),
  ...mutationsOf(inModule('compute', 'boot'), [
    [
      'a secret in the environment',
      'SECRETS_BACKEND          = var.secrets_backend',
      'SECRETS_BACKEND          = var.secrets_backend\n      SIGNING_SECRET           = "hunter2"',
    ],
  ]),
  ...mutationsOf(inModule('compute', 'iam'), [
    [
      'secretsmanager:*',
      '["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]',
      '["secretsmanager:*"]',
    ],
    ['all secrets', 'Resource = var.secret_arns', 'Resource = "*"'],
    [
      'all secrets by a pattern',
      'Resource = var.secret_arns',
      'Resource = "arn:aws:secretsmanager:*:*:secret:*"',
    ],
    ['all keys', 'Resource = var.kms_key_arn', 'Resource = "*"'],
    [
      'an administrator',
      'resource "aws_iam_instance_profile" "instance" {',
      'resource "aws_iam_role_policy_attachment" "admin" {\n  role       = aws_iam_role.instance.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n\nresource "aws_iam_instance_profile" "instance" {',
    ],
    [
      'a role for anyone',
      'Principal = { Service = "ec2.amazonaws.com" }',
      'Principal = { AWS = "*" }',
    ],
    [
      'metrics in any namespace',
      'Condition = { StringEquals = { "cloudwatch:namespace" = "CloudTrace/Service" } }',
      '',
    ],
  ]),
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
  ]),
  ...mutationsOf(inModule('observability'), [
    [
      'alarms that notify nobody',
      'alarm_actions       = [var.topic_arn]\n  ok_actions          = [var.topic_arn]',
      '',
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
      'DATABASE_SSL                    = "verify-full"',
      'DATABASE_SSL                    = "verify-full"\n      DATABASE_PASSWORD               = "hunter2"',
    ],
  ]),
  ...mutationsOf('main.tf', [
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
    ['an unencrypted secret', 'kms_key_id  = module.encryption.key_arn', ''],
  ]),
  ...mutationsOf('providers.tf', [
    [
      'resources without the tag of their entity',
      'tags = local.tags',
      'tags = {}',
    ],
  ]),
];
