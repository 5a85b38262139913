mock_provider "aws" {}

variables {
  name                            = "orders"
  environment                     = "production"
  full_name                       = "orders-production"
  region                          = "eu-central-1"
  tags                            = { "cloudtrace:entity-ref" = "component:default/orders" }
  vpc_id                          = "vpc-1"
  private_subnet_ids              = ["subnet-1", "subnet-2"]
  load_balancer_security_group_id = "sg-1"
  target_group_arn                = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:targetgroup/orders/1"
  service_port                    = 8080
  image                           = "registry.example.org/orders:1.0.0"
  instance_types                  = ["t3.small", "t3a.small"]
  min_size                        = 2
  max_size                        = 6
  scaling_policy                  = "step-cpu"
  active_users_per_instance       = 4
  spot_enabled                    = false
  secrets_backend                 = "secrets-manager"
  secret_arns                     = ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:token-1"]
  ingest_token_secret_arn         = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:token-1"
  data_environment                = { DATABASE_HOST = "db.example.org" }
  permissions                     = []
  otlp_endpoint                   = ""
  kms_key_arn                     = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555"
  log_retention_days              = 30
  topic_arn                       = "arn:aws:sns:eu-central-1:111111111111:orders"

  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/orders-production-boundary"
}

run "instances_are_hardened_and_tagged" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = aws_launch_template.service.metadata_options[0].http_tokens == "required" && aws_launch_template.service.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "Instance metadata must need a token and stay on the instance."
  }

  assert {
    condition     = alltrue([for device in aws_launch_template.service.block_device_mappings : tobool(device.ebs[0].encrypted)])
    error_message = "Every disk must be encrypted."
  }

  assert {
    condition     = strcontains(base64decode(aws_launch_template.service.user_data), "export SERVICE_GROUP='orders-production'") && contains([for statement in local.statements : statement.Condition.StringEquals["cloudwatch:namespace"] if statement.Sid == "PublishMemory"], "CWAgent")
    error_message = "The agent must know the group, and be allowed to report memory only."
  }

  assert {
    condition     = alltrue([for tag in aws_autoscaling_group.service.tag : tag.propagate_at_launch]) && contains([for tag in aws_autoscaling_group.service.tag : tag.key], "cloudtrace:entity-ref")
    error_message = "Auto Scaling must pass the entity tag on to the instances."
  }

  assert {
    condition     = length(aws_autoscaling_group.service.instance_refresh) == 1 && aws_autoscaling_group.service.instance_refresh[0].preferences[0].min_healthy_percentage == 100
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
    condition     = [for step in aws_autoscaling_policy.up[0].step_adjustment : step.scaling_adjustment if step.metric_interval_lower_bound == "0"] == [1]
    error_message = "The first step must add one instance."
  }

  assert {
    condition     = length(aws_autoscaling_policy.target_tracking) == 0
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
    condition     = aws_autoscaling_policy.target_tracking[0].target_tracking_configuration[0].target_value == 50 && length(aws_autoscaling_policy.up) == 0
    error_message = "Target tracking must be the only policy, at 50 percent."
  }
}

run "active_users_are_held_per_instance" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    scaling_policy = "active-users"
  }

  assert {
    condition     = aws_autoscaling_policy.active_users[0].target_tracking_configuration[0].target_value == 4 && length(aws_autoscaling_policy.up) == 0
    error_message = "Target tracking must keep four active users per instance, without steps of CPU."
  }

  assert {
    condition     = aws_autoscaling_policy.target_tracking[0].target_tracking_configuration[0].target_value == 70
    error_message = "Load that no active user explains must add instances above 70 percent of CPU."
  }

  assert {
    condition = [
      for metric in aws_autoscaling_policy.active_users[0].target_tracking_configuration[0].customized_metric_specification[0].metrics : metric.expression
      if metric.return_data
    ] == ["users / instances"]
    error_message = "Target tracking needs a metric that falls as the group grows: users per instance."
  }

  assert {
    condition     = local.publish_active_users.Condition.StringEquals["cloudwatch:namespace"] == "CloudTrace/Service"
    error_message = "Instances may publish only metrics of the service."
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
    condition     = aws_autoscaling_group.service.mixed_instances_policy[0].instances_distribution[0].on_demand_base_capacity == 2 && aws_autoscaling_group.service.mixed_instances_policy[0].instances_distribution[0].on_demand_percentage_above_base_capacity == 0
    error_message = "The minimum must be on demand and everything above it spot."
  }

  assert {
    condition     = aws_autoscaling_group.service.capacity_rebalance == true
    error_message = "An instance that EC2 is about to reclaim must be replaced before it is terminated."
  }
}
