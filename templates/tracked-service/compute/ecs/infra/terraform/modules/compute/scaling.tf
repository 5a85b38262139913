locals {
  step_count = var.scaling_policy == "step-cpu" ? 1 : 0

  cpu = {
    namespace  = "AWS/ECS"
    name       = "CPUUtilization"
    statistic  = "Average"
    dimensions = { ClusterName = aws_ecs_cluster.service.name, ServiceName = aws_ecs_service.service.name }
    high       = 70
    low        = 30
  }
}

resource "aws_appautoscaling_target" "service" {
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.service.name}/${aws_ecs_service.service.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.min_size
  max_capacity       = var.max_size
}

resource "aws_appautoscaling_policy" "up" {
  count = local.step_count

  name               = "${var.full_name}-up"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  resource_id        = aws_appautoscaling_target.service.resource_id
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    metric_aggregation_type = "Average"
    cooldown                = 120

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
}

resource "aws_cloudwatch_metric_alarm" "up" {
  count = local.step_count

  alarm_name          = "${var.full_name}-scale-up"
  alarm_description   = "${local.cpu.name} at or above ${local.cpu.high}: adds tasks"
  namespace           = local.cpu.namespace
  metric_name         = local.cpu.name
  dimensions          = local.cpu.dimensions
  statistic           = local.cpu.statistic
  period              = 60
  evaluation_periods  = 3
  threshold           = local.cpu.high
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_appautoscaling_policy.up[0].arn]
}

resource "aws_appautoscaling_policy" "down" {
  count = local.step_count

  name               = "${var.full_name}-down"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  resource_id        = aws_appautoscaling_target.service.resource_id
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    metric_aggregation_type = "Average"
    cooldown                = 120

    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = -1
    }
  }
}

# Scaling in is slower than scaling out: it takes five times as many quiet minutes.
resource "aws_cloudwatch_metric_alarm" "down" {
  count = local.step_count

  alarm_name          = "${var.full_name}-scale-down"
  alarm_description   = "${local.cpu.name} at or below ${local.cpu.low}: removes a task"
  namespace           = local.cpu.namespace
  metric_name         = local.cpu.name
  dimensions          = local.cpu.dimensions
  statistic           = local.cpu.statistic
  period              = 60
  evaluation_periods  = 15
  threshold           = local.cpu.low
  comparison_operator = "LessThanOrEqualToThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_appautoscaling_policy.down[0].arn]
}

# Beside the active users it adds capacity for load that they do not explain. Two target tracking policies never work
# against each other: the one that wants more capacity wins, and only both together reduce it. Steps would reduce it alone.
resource "aws_appautoscaling_policy" "target_tracking" {
  count = var.scaling_policy == "step-cpu" ? 0 : 1

  name               = "${var.full_name}-target-tracking"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  resource_id        = aws_appautoscaling_target.service.resource_id
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = var.scaling_policy == "active-users" ? local.cpu.high : 50
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# Users of the whole service (every task publishes the same number, hence the maximum), divided by the running tasks.
# The quotient falls as the service grows, as target tracking requires.
resource "aws_appautoscaling_policy" "active_users" {
  count = var.scaling_policy == "active-users" ? 1 : 0

  name               = "${var.full_name}-active-users"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.service.service_namespace
  resource_id        = aws_appautoscaling_target.service.resource_id
  scalable_dimension = aws_appautoscaling_target.service.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = var.active_users_per_instance
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

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
        id          = "tasks"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "ECS/ContainerInsights"
            metric_name = "RunningTaskCount"

            dimensions {
              name  = "ClusterName"
              value = aws_ecs_cluster.service.name
            }

            dimensions {
              name  = "ServiceName"
              value = aws_ecs_service.service.name
            }
          }
        }
      }

      metrics {
        id          = "users_per_task"
        label       = "Active users per task"
        expression  = "users / tasks"
        return_data = true
      }
    }
  }
}
