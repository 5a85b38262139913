locals {
  step_count = var.scaling_policy == "step-cpu" ? 1 : 0

  cpu = {
    namespace  = "AWS/EC2"
    name       = "CPUUtilization"
    statistic  = "Average"
    dimensions = { AutoScalingGroupName = var.full_name }
    high       = 70
    low        = 30
  }
}

# Step scaling has no cooldown: an instance that still warms up is excluded from the figures instead.
resource "aws_autoscaling_policy" "up" {
  count = local.step_count

  name                      = "${var.full_name}-up"
  autoscaling_group_name    = aws_autoscaling_group.service.name
  policy_type               = "StepScaling"
  adjustment_type           = "ChangeInCapacity"
  metric_aggregation_type   = "Average"
  estimated_instance_warmup = 120

  step_adjustment {
    metric_interval_lower_bound = 0
    metric_interval_upper_bound = 15
    scaling_adjustment          = 1
  }

  step_adjustment {
    metric_interval_lower_bound = 15
    scaling_adjustment          = 2
  }
}

resource "aws_cloudwatch_metric_alarm" "up" {
  count = local.step_count

  alarm_name          = "${var.full_name}-scale-up"
  alarm_description   = "${local.cpu.name} at or above ${local.cpu.high}: adds instances"
  namespace           = local.cpu.namespace
  metric_name         = local.cpu.name
  dimensions          = local.cpu.dimensions
  statistic           = local.cpu.statistic
  period              = 60
  evaluation_periods  = 3
  threshold           = local.cpu.high
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_autoscaling_policy.up[0].arn]
}

resource "aws_autoscaling_policy" "down" {
  count = local.step_count

  name                    = "${var.full_name}-down"
  autoscaling_group_name  = aws_autoscaling_group.service.name
  policy_type             = "StepScaling"
  adjustment_type         = "ChangeInCapacity"
  metric_aggregation_type = "Average"

  step_adjustment {
    metric_interval_upper_bound = 0
    scaling_adjustment          = -1
  }
}

# Scaling in is slower than scaling out: it takes five times as many quiet minutes.
resource "aws_cloudwatch_metric_alarm" "down" {
  count = local.step_count

  alarm_name          = "${var.full_name}-scale-down"
  alarm_description   = "${local.cpu.name} at or below ${local.cpu.low}: removes an instance"
  namespace           = local.cpu.namespace
  metric_name         = local.cpu.name
  dimensions          = local.cpu.dimensions
  statistic           = local.cpu.statistic
  period              = 60
  evaluation_periods  = 15
  threshold           = local.cpu.low
  comparison_operator = "LessThanOrEqualToThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_autoscaling_policy.down[0].arn]
}

# Beside the active users it adds capacity for load that they do not explain. Two target tracking policies never work
# against each other: the one that wants more capacity wins, and only both together reduce it. Steps would reduce it alone.
resource "aws_autoscaling_policy" "target_tracking" {
  count = var.scaling_policy == "step-cpu" ? 0 : 1

  name                      = "${var.full_name}-target-tracking"
  autoscaling_group_name    = aws_autoscaling_group.service.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 120

  target_tracking_configuration {
    target_value = var.scaling_policy == "active-users" ? local.cpu.high : 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# Users of the whole service (every instance publishes the same number, hence the maximum), divided by the instances in
# service. The quotient falls as the group grows, as target tracking requires.
resource "aws_autoscaling_policy" "active_users" {
  count = var.scaling_policy == "active-users" ? 1 : 0

  name                      = "${var.full_name}-active-users"
  autoscaling_group_name    = aws_autoscaling_group.service.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 120

  target_tracking_configuration {
    target_value = var.active_users_per_instance

    customized_metric_specification {
      metrics {
        id          = "users"
        return_data = false

        metric_stat {
          stat = "Maximum"

          metric {
            namespace   = "CloudTrace/Service"
            metric_name = "ActiveUsers"

            dimensions {
              name  = "ServiceName"
              value = var.full_name
            }
          }
        }
      }

      metrics {
        id          = "instances"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "AWS/AutoScaling"
            metric_name = "GroupInServiceInstances"

            dimensions {
              name  = "AutoScalingGroupName"
              value = var.full_name
            }
          }
        }
      }

      metrics {
        id          = "users_per_instance"
        label       = "Active users per instance"
        expression  = "users / instances"
        return_data = true
      }
    }
  }
}
