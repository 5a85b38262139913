locals {
  step_scaling = var.scaling_policy == "target-tracking" ? null : {
    step-cpu = {
      metric     = { namespace = "AWS/EC2", name = "CPUUtilization", statistic = "Average", dimensions = { AutoScalingGroupName = var.full_name } }
      high       = 70
      low        = 30
      second_add = 15
    }
    active-users = {
      metric     = { namespace = "CloudTrace/Service", name = "ActiveUsers", statistic = "Maximum", dimensions = { ServiceName = var.full_name } }
      high       = var.active_users_threshold
      low        = floor(var.active_users_threshold / 2)
      second_add = var.active_users_threshold
    }
  }[var.scaling_policy]

  step_count = local.step_scaling == null ? 0 : 1
}

# Step scaling takes no cooldown: an instance that still warms up is left out of the figures instead.
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
    metric_interval_upper_bound = local.step_scaling.second_add
    scaling_adjustment          = 1
  }

  step_adjustment {
    metric_interval_lower_bound = local.step_scaling.second_add
    scaling_adjustment          = 2
  }
}

resource "aws_cloudwatch_metric_alarm" "up" {
  count = local.step_count

  alarm_name          = "${var.full_name}-scale-up"
  alarm_description   = "${local.step_scaling.metric.name} at or above ${local.step_scaling.high}: adds instances"
  namespace           = local.step_scaling.metric.namespace
  metric_name         = local.step_scaling.metric.name
  dimensions          = local.step_scaling.metric.dimensions
  statistic           = local.step_scaling.metric.statistic
  period              = 60
  evaluation_periods  = 3
  threshold           = local.step_scaling.high
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

# Down is slower than up: five times as many quiet minutes before an instance goes.
resource "aws_cloudwatch_metric_alarm" "down" {
  count = local.step_count

  alarm_name          = "${var.full_name}-scale-down"
  alarm_description   = "${local.step_scaling.metric.name} at or below ${local.step_scaling.low}: removes an instance"
  namespace           = local.step_scaling.metric.namespace
  metric_name         = local.step_scaling.metric.name
  dimensions          = local.step_scaling.metric.dimensions
  statistic           = local.step_scaling.metric.statistic
  period              = 60
  evaluation_periods  = 15
  threshold           = local.step_scaling.low
  comparison_operator = "LessThanOrEqualToThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_autoscaling_policy.down[0].arn]
}

resource "aws_autoscaling_policy" "target_tracking" {
  count = var.scaling_policy == "target-tracking" ? 1 : 0

  name                      = "${var.full_name}-target-tracking"
  autoscaling_group_name    = aws_autoscaling_group.service.name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 120

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
