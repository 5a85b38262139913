# No policy of AWS is attached: AWS may extend those, and the permissions boundary would not allow all of them.

resource "aws_iam_role" "cluster" {
  name                 = "${var.full_name}-cluster"
  description          = "Control plane of ${var.full_name}"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "eks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "cluster" {
  name = "manage-nodes"
  role = aws_iam_role.cluster.id

  # https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html: what it needs without load balancers of its own.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TagNodes"
        Effect    = "Allow"
        Action    = ["ec2:CreateTags"]
        Resource  = "arn:${local.partition}:ec2:${var.region}:${local.account_id}:instance/*"
        Condition = { "ForAnyValue:StringLike" = { "aws:TagKeys" = "kubernetes.io/cluster/*" } }
      },
      {
        Sid    = "ReadNodes" # does not support resource-level permissions
        Effect = "Allow"
        Action = [
          "ec2:DescribeAvailabilityZones", "ec2:DescribeDhcpOptions", "ec2:DescribeInstanceTopology",
          "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces", "ec2:DescribeVpcs",
        ]
        Resource = "*"
      },
      {
        Sid      = "EncryptSecrets"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]
        Resource = var.kms_key_arn
      },
    ]
  })
}

resource "aws_iam_role" "node" {
  name                 = "${var.full_name}-node"
  description          = "Nodes of ${var.full_name}"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "node" {
  name = "join-cluster"
  role = aws_iam_role.node.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LogInToRegistry" # does not support resource-level permissions
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = "*"
      },
      {
        Sid    = "PullImages" # of the service, and of add-ons from registries of AWS
        Effect = "Allow"
        Action = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = [
          "arn:${local.partition}:ecr:${var.region}:${local.account_id}:repository/${var.name}",
          "arn:${local.partition}:ecr:${var.region}:*:repository/amazon*",
          "arn:${local.partition}:ecr:${var.region}:*:repository/eks/*",
        ]
      },
      {
        Sid      = "ReadInstances" # does not support resource-level permissions
        Effect   = "Allow"
        Action   = ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"]
        Resource = "*"
      },
      {
        Sid      = "JoinCluster"
        Effect   = "Allow"
        Action   = ["eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity"]
        Resource = local.cluster_arn
      },
    ]
  })
}

locals {
  cluster_arn = "arn:${local.partition}:eks:${var.region}:${local.account_id}:cluster/${var.full_name}"
}
