# Kafka (MSK) for events. docs/broker.md explains it.

variable "broker_instance_type" {
  description = "MSK instance type of each broker; one runs in each zone."
  type        = string
  default     = "kafka.t3.small"
  nullable    = false

  validation {
    condition     = can(regex("^kafka\\.[a-z0-9]+\\.[a-z0-9]+$", var.broker_instance_type))
    error_message = "broker_instance_type must be an MSK instance type such as kafka.m7g.large."
  }
}

variable "broker_storage_gb" {
  description = "Storage of each broker in GiB. AWS can enlarge it, but not shrink it."
  type        = number
  default     = 50
  nullable    = false

  validation {
    condition     = var.broker_storage_gb >= 1 && var.broker_storage_gb <= 16384
    error_message = "broker_storage_gb must be from 1 to 16384."
  }
}

module "broker" {
  source = "./modules/broker"

  full_name                 = local.full_name
  short_name                = local.short_name
  vpc_id                    = module.network.vpc_id
  data_subnet_ids           = module.network.data_subnet_ids
  service_security_group_id = module.compute.security_group_id
  instance_type             = var.broker_instance_type
  storage_gb                = var.broker_storage_gb
  kms_key_arn               = module.encryption.key_arn
  log_retention_days        = var.log_retention_days
}

locals {
  broker_environment = {
    KAFKA_BROKERS    = module.broker.addresses
    KAFKA_REPLICAS   = tostring(length(var.zones))
    KAFKA_SECRET_ARN = module.broker.broker_secret_arn
    KAFKA_SSL        = "verify-full"
  }

  broker_permissions = [{
    sid       = "ReadBrokerLogin"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [module.broker.broker_secret_arn]
  }]

  broker_alarms = merge(
    {
      broker-offline = {
        description = "Some partitions of the broker have had no leader for 3 minutes: their events wait in the outbox"
        namespace   = "AWS/Kafka", metric = "OfflinePartitionsCount", dimensions = { "Cluster Name" = local.full_name }
        statistic   = "Maximum", minutes = 3, operator = "GreaterThanThreshold", threshold = 0, missing = "missing"
      }
    },
    { for number in range(1, length(var.zones) + 1) : "broker-storage-${number}" => {
      description = "Broker ${number} uses more than 80 % of its storage: raise broker_storage_gb"
      namespace   = "AWS/Kafka", metric = "KafkaDataLogsDiskUsed", dimensions = { "Cluster Name" = local.full_name, "Broker ID" = tostring(number) }
      statistic   = "Maximum", minutes = 5, operator = "GreaterThanThreshold", threshold = 80, missing = "missing"
    } },
  )
}
