mock_provider "aws" {}

variables {
  name                            = "orders"
  environment                     = "production"
  full_name                       = "orders-production"
  region                          = "eu-central-1"
  vpc_id                          = "vpc-1"
  private_subnet_ids              = ["subnet-1", "subnet-2"]
  load_balancer_security_group_id = "sg-1"
  target_group_arn                = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:targetgroup/orders/1"
  service_port                    = 8080
  image                           = "registry.example.org/orders:1.0.0"
  task_cpu                        = 512
  task_memory_mb                  = 1024
  min_size                        = 2
  max_size                        = 6
  scaling_policy                  = "step-cpu"
  active_users_per_instance       = 4
  spot_enabled                    = false
  secrets_backend                 = "secrets-manager"
  secret_arns                     = ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:token-1"]
  ingest_token_secret_arn         = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:token-1"
  data_environment                = { DATABASE_HOST = "db.example.org", DATABASE_CA_FILE = "/etc/service/rds-ca.pem" }
  permissions                     = []
  otlp_endpoint                   = ""
  kms_key_arn                     = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555"
  log_retention_days              = 30

  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/orders-production-boundary"
}

run "tasks_are_hardened" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = alltrue([for container in local.containers : container.readonlyRootFilesystem])
    error_message = "No container may write to its image."
  }

  assert {
    condition     = [for container in local.containers : container.linuxParameters.capabilities.drop if container.essential] == [["ALL"]]
    error_message = "The service needs no capability of the kernel."
  }

  assert {
    condition     = aws_ecs_service.service.network_configuration[0].assign_public_ip == false
    error_message = "Tasks must not have public addresses."
  }
}

run "a_failed_rollout_returns_to_the_last_version" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = aws_ecs_service.service.deployment_circuit_breaker[0].enable && aws_ecs_service.service.deployment_circuit_breaker[0].rollback
    error_message = "ECS must roll back tasks that do not get healthy."
  }

  assert {
    condition     = aws_ecs_service.service.deployment_minimum_healthy_percent == 100
    error_message = "A deployment must not reduce capacity."
  }
}

run "step_scaling_goes_up_at_70_and_down_at_30_percent" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.up[0].threshold == 70 && aws_cloudwatch_metric_alarm.down[0].threshold == 30
    error_message = "The thresholds must be 70 and 30 percent."
  }

  assert {
    condition     = length(aws_appautoscaling_policy.target_tracking) == 0
    error_message = "Two policies on the same metric would work against each other."
  }
}

run "target_tracking_holds_the_cpu" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    scaling_policy = "target-tracking"
  }

  assert {
    condition     = aws_appautoscaling_policy.target_tracking[0].target_tracking_scaling_policy_configuration[0].target_value == 50 && length(aws_appautoscaling_policy.up) == 0
    error_message = "Target tracking must be the only policy, at 50 percent."
  }
}

run "active_users_are_held_per_task" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    scaling_policy = "active-users"
  }

  assert {
    condition = [
      for metric in aws_appautoscaling_policy.active_users[0].target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metrics : metric.expression
      if metric.return_data
    ] == ["users / tasks"]
    error_message = "Target tracking needs a metric that falls as the service grows: users per task."
  }

  assert {
    condition     = aws_appautoscaling_policy.target_tracking[0].target_tracking_scaling_policy_configuration[0].target_value == 70 && length(aws_appautoscaling_policy.up) == 0
    error_message = "Load that no active user explains must add tasks above 70 percent of CPU."
  }

  assert {
    condition     = local.publish_active_users.Condition.StringEquals["cloudwatch:namespace"] == "CloudTrace/Service"
    error_message = "Tasks may publish only metrics of the service."
  }
}

run "spot_starts_above_the_minimum" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    spot_enabled = true
  }

  assert {
    condition     = { for strategy in aws_ecs_service.service.capacity_provider_strategy : strategy.capacity_provider => "${strategy.base == null ? 0 : strategy.base}/${strategy.weight}" } == { FARGATE = "2/0", FARGATE_SPOT = "0/1" }
    error_message = "The minimum must be on demand and everything above it Spot."
  }
}
