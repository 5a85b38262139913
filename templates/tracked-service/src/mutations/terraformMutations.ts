import { mutationsOf, type Mutation } from './Mutation';
import { TERRAFORM_DATA_MUTATIONS } from './terraformDataMutations';
import { TERRAFORM_HEALING_MUTATIONS } from './terraformHealingMutations';
import { TERRAFORM_SIGN_IN_MUTATIONS } from './terraformSignInMutations';

const inModule = (name: string, file = 'main') => `modules/${name}/${file}.tf`;

/** Mistakes in Terraform code: network, load balancer and compute, then the rest. */
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
  ...mutationsOf(inModule('network'), [
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
      'unhealthy_threshold = 3',
      'unhealthy_threshold = 5',
    ],
    [
      'a busy instance replaced after a stall of 10 s',
      'unhealthy_threshold = 3',
      'unhealthy_threshold = 2',
    ],
    [
      'errors that count as healthy',
      'matcher             = "200"',
      'matcher             = "200-599"',
    ],
    [
      'requests cut off at deregistration',
      'deregistration_delay = var.deregistration_delay_seconds',
      'deregistration_delay = 0',
    ],
    [
      'probes for the inside open to everybody',
      'values = ["/healthz/*"]',
      'values = ["/internal/*"]',
    ],
    [
      'an internal load balancer that is public',
      'internal           = var.internal',
      'internal           = !var.internal',
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
      'a rollout that does not wait for the health check',
      'instance_warmup = 240',
      'instance_warmup = 120',
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
    [
      'an agent that may not report memory',
      '"cloudwatch:namespace" = "CWAgent"',
      '"cloudwatch:namespace" = "Other"',
    ],
  ]),
  ...TERRAFORM_DATA_MUTATIONS,
  ...TERRAFORM_HEALING_MUTATIONS,
  ...TERRAFORM_SIGN_IN_MUTATIONS,
];
