data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  full_name = "${var.name}-${var.environment}"

  # Names of load balancer, target group and cache are limited to 32 characters: a long name keeps its beginning and gets a stable suffix.
  short_name = length(local.full_name) <= 32 ? local.full_name : "${trimsuffix(substr(local.full_name, 0, 25), "-")}-${substr(sha1(local.full_name), 0, 6)}"

  tags = {
    "cloudtrace:entity-ref"  = var.entity_ref
    "cloudtrace:environment" = var.environment
    "managed-by"             = "terraform"
  }

  # Made by infra/bootstrap: the pipeline may only create roles that it limits.
  permissions_boundary_arn = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:policy/${local.full_name}-boundary"

  service_port  = 8080
  database_port = 5433
}
