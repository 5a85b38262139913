# Redis (ElastiCache for Valkey) for scheduled jobs and wake-up calls. docs/broker.md explains it.

variable "redis_node_type" {
  description = "ElastiCache node type of the primary and the replica of Redis."
  type        = string
  default     = "cache.t4g.micro"
  nullable    = false

  validation {
    condition     = startswith(var.redis_node_type, "cache.")
    error_message = "redis_node_type must be an ElastiCache node type such as cache.t4g.micro."
  }
}

module "redis" {
  source = "./modules/cache"

  full_name                 = local.full_name
  short_name                = local.short_name
  vpc_id                    = module.network.vpc_id
  data_subnet_ids           = module.network.data_subnet_ids
  service_security_group_id = module.compute.security_group_id
  port                      = local.redis_port
  node_type                 = var.redis_node_type
  kms_key_arn               = module.encryption.key_arn
  parameter_group_name      = aws_elasticache_parameter_group.redis.name
  user_group_ids            = [aws_elasticache_user_group.redis.user_group_id]
}

# Jobs are no copies of anything: Redis rejects new ones when it is full, instead of evicting others.
resource "aws_elasticache_parameter_group" "redis" {
  name        = "${local.full_name}-jobs"
  description = "Evicts nothing"
  family      = "valkey8"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

resource "aws_elasticache_user_group" "redis" {
  user_group_id = local.short_name
  engine        = "valkey"
  user_ids      = [module.broker.redis_user_id]
}

locals {
  redis_port = 6379

  redis_environment = {
    REDIS_SECRET_ARN = module.broker.redis_secret_arn
    REDIS_URL        = "rediss://${module.redis.address}:${local.redis_port}"
  }

  redis_permissions = [{
    sid       = "ReadRedisLogin"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [module.broker.redis_secret_arn]
  }]

  redis_alarms = {
    redis-memory = {
      description = "Redis uses more than 80 % of its memory for 10 minutes: when it is full, it rejects jobs"
      namespace   = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", dimensions = { ReplicationGroupId = module.redis.replication_group_id }
      statistic   = "Maximum", minutes = 10, operator = "GreaterThanThreshold", threshold = 80, missing = "missing"
    }
  }
}
