# A Valkey cache (ElastiCache) with a replica in a second zone.

variable "cache_node_type" {
  description = "ElastiCache node type of the primary and the replica."
  type        = string
  default     = "cache.t4g.micro"
  nullable    = false

  validation {
    condition     = startswith(var.cache_node_type, "cache.")
    error_message = "cache_node_type must be an ElastiCache node type such as cache.t4g.micro."
  }
}

module "cache" {
  source = "./modules/cache"

  full_name                 = local.full_name
  short_name                = local.short_name
  vpc_id                    = module.network.vpc_id
  data_subnet_ids           = module.network.data_subnet_ids
  service_security_group_id = module.compute.security_group_id
  port                      = local.cache_port
  node_type                 = var.cache_node_type
  kms_key_arn               = module.encryption.key_arn
}

locals {
  cache_port = 6379

  cache_environment = {
    CACHE_HOST = module.cache.address
    CACHE_PORT = tostring(local.cache_port)
    CACHE_TLS  = "true"
  }

  cache_alarms = {
    cache-memory = {
      description = "The cache uses more than 85 % of its memory for 10 minutes and evicts entries"
      namespace   = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", dimensions = { ReplicationGroupId = module.cache.replication_group_id }
      statistic   = "Maximum", minutes = 10, operator = "GreaterThanThreshold", threshold = 85, missing = "missing"
    }
  }
}

# Before version 0.2.0 of the template, a switch created it.
moved {
  from = module.cache[0]
  to   = module.cache
}
