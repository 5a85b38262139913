import { mutationsOf, type Mutation } from './Mutation';

const inModule = (file: string) => `modules/compute/${file}.tf`;

/** Mistakes in Terraform code about EKS. */
export const TERRAFORM_KUBERNETES_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(inModule('main'), [
    [
      'an API of the cluster for everybody',
      'endpoint_public_access  = length(var.public_access_cidrs) > 0',
      'endpoint_public_access  = true',
    ],
    [
      'nodes that need the internet to reach the API',
      'endpoint_private_access = true',
      'endpoint_private_access = false',
    ],
    [
      'secrets of Kubernetes without the key',
      'resources = ["secrets"]\n\n    provider {\n      key_arn = var.kms_key_arn',
      'resources = ["secrets"]\n\n    provider {\n      key_arn = "arn:aws:kms:eu-central-1:111111111111:key/other"',
    ],
    ['no audit log of the cluster', '"api", "audit",', '"api",'],
    [
      'access to the cluster by a ConfigMap',
      'authentication_mode                         = "API"',
      'authentication_mode                         = "API_AND_CONFIG_MAP"',
    ],
    [
      'a creator who administers the cluster',
      'bootstrap_cluster_creator_admin_permissions = false',
      'bootstrap_cluster_creator_admin_permissions = true',
    ],
    [
      'a log group of the control plane that EKS creates',
      '"/aws/eks/${var.full_name}/cluster"',
      '"/cloudtrace/${var.full_name}/cluster"',
    ],
    [
      'a log of the control plane without key',
      'kms_key_id        = var.kms_key_arn',
      '',
    ],
  ]),
  ...mutationsOf(inModule('nodes'), [
    [
      'pods that get the permissions of their node',
      'http_put_response_hop_limit = 1',
      'http_put_response_hop_limit = 2',
    ],
    [
      'nodes that answer IMDSv1',
      'http_tokens                 = "required"',
      'http_tokens                 = "optional"',
    ],
    [
      'nodes with plain disks',
      'encrypted             = true',
      'encrypted             = false',
    ],
    [
      'nodes on spot only',
      'capacity_type = "ON_DEMAND"',
      'capacity_type = "SPOT"',
    ],
    [
      'an update of several nodes at once',
      'max_unavailable = 1',
      'max_unavailable = 3',
    ],
    [
      'nodes in one zone',
      'for zone in var.zones : zone =>',
      'for zone in slice(var.zones, 0, 1) : zone =>',
    ],
  ]),
  ...mutationsOf(inModule('addons'), [
    [
      'network policies that nothing enforces',
      'enableNetworkPolicy = "true"',
      'enableNetworkPolicy = "false"',
    ],
    [
      'an add-on that instruments every pod',
      'monitorAllServices = false',
      'monitorAllServices = true',
    ],
  ]),
  ...mutationsOf(inModule('access'), [
    [
      'a portal that administers the cluster',
      'kubernetes_groups = ["cloudtrace-read"]',
      'kubernetes_groups = ["system:masters"]',
    ],
  ]),
  ...mutationsOf(inModule('network'), [
    [
      'nodes that reach each other at every port',
      'dns_udp = { protocol = "udp", port = 53, description = "CoreDNS" }',
      'dns_udp = { protocol = "-1", port = -1, description = "Everything" }',
    ],
    [
      'an API of the cluster for any private address',
      'referenced_security_group_id = aws_security_group.nodes.id\n  ip_protocol                  = "tcp"\n  from_port                    = 443',
      'cidr_ipv4                    = "0.0.0.0/0"\n  ip_protocol                  = "tcp"\n  from_port                    = 443',
    ],
  ]),
  ...mutationsOf(inModule('pods'), [
    [
      'a role for every service account',
      '"aws:RequestTag/kubernetes-service-account" = each.value.service_account',
      '',
    ],
    [
      'a controller that fills any target group',
      'Resource = var.target_group_arn',
      'Resource = "*"',
    ],
    [
      'a controller that changes load balancers',
      '"elasticloadbalancing:RegisterTargets"]',
      '"elasticloadbalancing:*"]',
    ],
    [
      'a network plugin that changes any interface',
      '"ec2:AssignPrivateIpAddresses", "ec2:AttachNetworkInterface", "ec2:DeleteNetworkInterface",',
      '"ec2:*",',
    ],
    [
      'pods that read all secrets',
      'Resource = var.secret_arns',
      'Resource = "*"',
    ],
    [
      'active users that no pod publishes',
      'local.uses_keda ? [local.publish_active_users] : []',
      '[]',
    ],
  ]),
  ...mutationsOf(inModule('iam'), [
    [
      'nodes without permissions boundary',
      'description          = "Nodes of ${var.full_name}"\n  permissions_boundary = var.permissions_boundary_arn',
      'description          = "Nodes of ${var.full_name}"',
    ],
    [
      'nodes that pull any image',
      '"arn:${local.partition}:ecr:${var.region}:*:repository/eks/*",',
      '"*",',
    ],
  ]),
];
