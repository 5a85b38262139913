# Self-healing: a function restores what this repository declares, and replaces instances that are stuck.
# docs/self-healing.md explains what it restores, and how to change something on purpose.

module "healing" {
  source = "./modules/healing"

  full_name          = local.full_name
  short_name         = local.short_name
  region             = var.region
  package_path       = "${path.root}/../healing/dist/healing.zip"
  group              = module.compute.declared_group
  listeners          = module.load_balancer.declared_listeners
  database           = module.database.declared_database
  cpu_alarm          = "${local.full_name}-instance-cpu"
  memory_alarm       = "${local.full_name}-instance-memory"
  topic_arn          = module.notifications.topic_arn
  kms_key_arn        = module.encryption.key_arn
  log_retention_days = var.log_retention_days

  # The portal's API is beside its endpoint for traces; another collector gets no reports.
  portal_api_url = endswith(var.otlp_endpoint, "/cloudtrace/otlp") ? trimsuffix(var.otlp_endpoint, "/otlp") : ""

  security_group_rules = local.declared_rules

  permissions_boundary_arn = local.permissions_boundary_arn
}

locals {
  # Each starts the function; the first two by a rule of EventBridge.
  healing_alarms = {
    # The busiest instance: the average of the group hides one that is stuck.
    instance-cpu = {
      description = "One instance uses more than 90 % of its CPU for 10 minutes; self-healing replaces it if the others do not"
      namespace   = "AWS/EC2", metric = "CPUUtilization", dimensions = { AutoScalingGroupName = module.compute.declared_group.name }
      statistic   = "Maximum", minutes = 10, operator = "GreaterThanThreshold", threshold = 90, missing = "missing"
    }
    instance-memory = {
      description = "One instance uses more than 90 % of its memory for 10 minutes; self-healing replaces it if the others do not"
      namespace   = "CWAgent", metric = "mem_used_percent", dimensions = { AutoScalingGroupName = module.compute.declared_group.name }
      statistic   = "Maximum", minutes = 10, operator = "GreaterThanThreshold", threshold = 90, missing = "missing"
    }
    healing-failed = {
      description = "Self-healing failed three times for one event and needs attention: see the queue's messages and the function's log"
      namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = module.healing.failed_queue_name }
      statistic   = "Maximum", minutes = 1, operator = "GreaterThanOrEqualToThreshold", threshold = 1, missing = "notBreaching"
    }
  }
}

output "healing_pause_parameter" {
  description = "Parameter with the end of a pause of self-healing."
  value       = module.healing.pause_parameter
}

output "events_token_secret_arn" {
  description = "Secret in which the pipeline stores the portal's token for events."
  value       = module.healing.events_token_secret_arn
}
