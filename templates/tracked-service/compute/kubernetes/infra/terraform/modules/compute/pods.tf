# Permissions of pods: EKS Pod Identity gives each service account a role of its own.

locals {
  pod_roles = {
    for key, value in {
      service = {
        description     = "Pods of ${var.full_name}"
        namespace       = var.full_name
        service_account = var.name
        statements      = concat(local.service_statements, local.part_statements, local.uses_keda ? [local.publish_active_users] : [])
      }
      load-balancer-controller = {
        description     = "Registers pods of ${var.full_name} with its target group"
        namespace       = "kube-system"
        service_account = "aws-load-balancer-controller"
        statements      = local.load_balancer_statements
      }
      network-plugin = {
        description     = "Gives pods of ${var.full_name} their addresses"
        namespace       = "kube-system"
        service_account = "aws-node"
        statements      = local.network_statements
      }
      cloudwatch-agent = {
        description     = "Writes logs and metrics of ${var.full_name}"
        namespace       = "amazon-cloudwatch"
        service_account = "cloudwatch-agent"
        statements      = local.agent_statements
      }
      keda = {
        description     = "Reads the active users of ${var.full_name}"
        namespace       = "keda"
        service_account = "keda-operator"
        statements      = local.keda_statements
      }
    } : key => value if key != "keda" || local.uses_keda
  }

  # An add-on brings the association of its service account.
  own_associations = setsubtract(keys(local.pod_roles), ["network-plugin", "cloudwatch-agent"])
}

resource "aws_iam_role" "pods" {
  for_each = local.pod_roles

  name                 = "${var.full_name}-${each.key}"
  description          = each.value.description
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = { StringEquals = {
        "aws:RequestTag/eks-cluster-name"           = var.full_name
        "aws:RequestTag/kubernetes-namespace"       = each.value.namespace
        "aws:RequestTag/kubernetes-service-account" = each.value.service_account
      } }
    }]
  })
}

resource "aws_iam_role_policy" "pods" {
  for_each = local.pod_roles

  name   = "run-pods"
  role   = aws_iam_role.pods[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

resource "aws_eks_pod_identity_association" "pods" {
  for_each = local.own_associations

  cluster_name    = aws_eks_cluster.this.name
  namespace       = local.pod_roles[each.key].namespace
  service_account = local.pod_roles[each.key].service_account
  role_arn        = aws_iam_role.pods[each.key].arn

  depends_on = [aws_iam_role_policy.pods]
}

# What each may do ---------------------------------------------------------------------

locals {
  ec2_arn = "arn:${local.partition}:ec2:${var.region}:${local.account_id}"

  service_statements = [
    {
      Sid      = "ReadSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
      Resource = var.secret_arns
    },
    {
      Sid      = "DecryptSecrets"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = var.kms_key_arn
    },
  ]

  part_statements = [for permission in var.permissions : {
    Sid      = permission.sid
    Effect   = "Allow"
    Action   = permission.actions
    Resource = permission.resources
  }]

  # PutMetricData does not support resource-level permissions; the condition limits it to the service's own namespace.
  publish_active_users = {
    Sid       = "PublishActiveUsers"
    Effect    = "Allow"
    Action    = ["cloudwatch:PutMetricData"]
    Resource  = "*"
    Condition = { StringEquals = { "cloudwatch:namespace" = "CloudTrace/Service" } }
  }

  # Load balancer, listeners and rules of security groups are in this repository: the controller only fills the group.
  load_balancer_statements = [
    {
      Sid      = "FillTargetGroup"
      Effect   = "Allow"
      Action   = ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"]
      Resource = var.target_group_arn
    },
    {
      Sid    = "ReadNetwork" # does not support resource-level permissions
      Effect = "Allow"
      Action = [
        "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ]
      Resource = "*"
    },
  ]

  # https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md: the policy for one cluster only.
  network_statements = [
    {
      Sid    = "ReadNetwork" # does not support resource-level permissions
      Effect = "Allow"
      Action = [
        "ec2:DescribeInstanceTypes", "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags",
      ]
      Resource = "*"
    },
    {
      Sid       = "CreateInterfaces"
      Effect    = "Allow"
      Action    = ["ec2:CreateNetworkInterface"]
      Resource  = "${local.ec2_arn}:network-interface/*"
      Condition = { StringEquals = { "aws:RequestTag/cluster.k8s.amazonaws.com/name" = var.full_name } }
    },
    {
      Sid       = "CreateInterfacesInVpc"
      Effect    = "Allow"
      Action    = ["ec2:CreateNetworkInterface"]
      Resource  = ["${local.ec2_arn}:subnet/*", "${local.ec2_arn}:security-group/*"]
      Condition = { ArnEquals = { "ec2:Vpc" = "${local.ec2_arn}:vpc/${var.vpc_id}" } }
    },
    {
      Sid       = "TagInterfaces"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = "${local.ec2_arn}:network-interface/*"
      Condition = { "ForAllValues:StringLike" = { "aws:TagKeys" = "*.k8s.amazonaws.com/*" } }
    },
    {
      Sid    = "ChangeInterfacesOfCluster"
      Effect = "Allow"
      Action = [
        "ec2:AssignPrivateIpAddresses", "ec2:AttachNetworkInterface", "ec2:DeleteNetworkInterface",
        "ec2:DetachNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute", "ec2:UnassignPrivateIpAddresses",
      ]
      Resource  = "${local.ec2_arn}:network-interface/*"
      Condition = { StringEquals = { "aws:ResourceTag/cluster.k8s.amazonaws.com/name" = var.full_name } }
    },
    {
      Sid       = "AttachToNodes"
      Effect    = "Allow"
      Action    = ["ec2:AttachNetworkInterface", "ec2:DetachNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"]
      Resource  = "${local.ec2_arn}:instance/*"
      Condition = { StringEquals = { "aws:ResourceTag/kubernetes.io/cluster/${var.full_name}" = "owned" } }
    },
    {
      Sid       = "KeepSecurityGroups"
      Effect    = "Allow"
      Action    = ["ec2:ModifyNetworkInterfaceAttribute"]
      Resource  = "${local.ec2_arn}:security-group/*"
      Condition = { ArnEquals = { "ec2:Vpc" = "${local.ec2_arn}:vpc/${var.vpc_id}" } }
    },
  ]

  # Metrics are lines of the log group "performance", from which CloudWatch makes them.
  agent_statements = [
    {
      Sid    = "WriteLogs"
      Effect = "Allow"
      # Fluent Bit tries to create its log group, also if it exists.
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = flatten([for group in aws_cloudwatch_log_group.cluster : [group.arn, "${group.arn}:log-stream:*"]])
    },
    {
      Sid      = "ReadInstances" # does not support resource-level permissions
      Effect   = "Allow"
      Action   = ["ec2:DescribeInstances", "ec2:DescribeTags", "ec2:DescribeVolumes"]
      Resource = "*"
    },
  ]

  keda_statements = [{
    Sid      = "ReadActiveUsers" # does not support resource-level permissions
    Effect   = "Allow"
    Action   = ["cloudwatch:GetMetricData"]
    Resource = "*"
  }]
}
