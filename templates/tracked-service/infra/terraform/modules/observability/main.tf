variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "topic_arn" {
  description = "Topic that receives alarms."
  type        = string
}

variable "load_balancer_arn_suffix" {
  description = "LoadBalancer dimension."
  type        = string
}

variable "target_group_arn_suffix" {
  description = "TargetGroup dimension."
  type        = string
}

variable "compute_metrics" {
  description = "Metrics of capacity and load."
  type = object({
    capacity = object({ namespace = string, desired = string, in_service = string, dimensions = map(string) })
    cpu      = object({ namespace = string, name = string, dimensions = map(string) })
  })
}

variable "max_size" {
  description = "Maximum number of instances: an alarm fires if the group stays at it."
  type        = number
}

variable "database_identifier" {
  description = "DBInstanceIdentifier dimension."
  type        = string
}

variable "part_alarms" {
  description = "Alarms of the optional parts, by name. `minutes` are consecutive."
  type = map(object({
    description = string
    namespace   = string
    metric      = string
    dimensions  = map(string)
    statistic   = string
    minutes     = number
    operator    = string
    threshold   = number
    missing     = string
  }))
}

locals {
  load_balancer = { LoadBalancer = var.load_balancer_arn_suffix }
  target_group  = { LoadBalancer = var.load_balancer_arn_suffix, TargetGroup = var.target_group_arn_suffix }
  database      = { DBInstanceIdentifier = var.database_identifier }

  # Each alarm says what it means for its recipients.
  alarms = merge(
    {
      unhealthy-targets = {
        description = "At least one instance fails its health check for 3 minutes"
        namespace   = "AWS/ApplicationELB", metric = "UnHealthyHostCount", dimensions = local.target_group
        statistic   = "Maximum", minutes = 3, operator = "GreaterThanOrEqualToThreshold", threshold = 1, missing = "notBreaching"
      }
      no-healthy-target = {
        description = "No instance responds: the service is down"
        namespace   = "AWS/ApplicationELB", metric = "HealthyHostCount", dimensions = local.target_group
        statistic   = "Minimum", minutes = 2, operator = "LessThanThreshold", threshold = 1, missing = "breaching"
      }
      group-at-maximum = {
        description = "The group has been at its maximum size for 15 minutes: raise max_size or find the cause"
        namespace   = var.compute_metrics.capacity.namespace, metric = var.compute_metrics.capacity.in_service, dimensions = var.compute_metrics.capacity.dimensions
        statistic   = "Minimum", minutes = 15, operator = "GreaterThanOrEqualToThreshold", threshold = var.max_size, missing = "notBreaching"
      }
      database-cpu = {
        description = "The database uses more than 80 % of its CPU for 10 minutes"
        namespace   = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database
        statistic   = "Average", minutes = 10, operator = "GreaterThanThreshold", threshold = 80, missing = "missing"
      }
      database-storage = {
        description = "Less than 4 GiB of database storage are free"
        namespace   = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database
        statistic   = "Minimum", minutes = 5, operator = "LessThanThreshold", threshold = 4294967296, missing = "missing"
      }
      database-memory = {
        description = "Less than 128 MiB of database memory are free for 10 minutes"
        namespace   = "AWS/RDS", metric = "FreeableMemory", dimensions = local.database
        statistic   = "Minimum", minutes = 10, operator = "LessThanThreshold", threshold = 134217728, missing = "missing"
      }
    },
    var.part_alarms,
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.full_name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = each.value.minutes
  comparison_operator = each.value.operator
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "${var.full_name}-latency-p95"
  alarm_description   = "The slowest 5 % of requests take longer than 1 second for 5 minutes"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = local.load_balancer
  extended_statistic  = "p95"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]
}

# A share, not a number: ten errors are many at night and nothing at noon.
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.full_name}-server-errors"
  alarm_description   = "More than 5 % of requests end in a 5xx of the service or of the load balancer for 3 minutes"
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]
  ok_actions          = [var.topic_arn]

  metric_query {
    id          = "share"
    label       = "Server errors in percent"
    expression  = "100 * (FILL(errors, 0) + FILL(unanswered, 0)) / (FILL(requests, 0) + FILL(unanswered, 0))"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "HTTPCode_Target_5XX_Count"
      dimensions  = local.load_balancer
      stat        = "Sum"
      period      = 60
    }
  }

  # 502, 503 and 504 of the load balancer: no instance answered.
  metric_query {
    id = "unanswered"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "HTTPCode_ELB_5XX_Count"
      dimensions  = local.load_balancer
      stat        = "Sum"
      period      = 60
    }
  }

  # Only those for which there was an instance.
  metric_query {
    id = "requests"

    metric {
      namespace   = "AWS/ApplicationELB"
      metric_name = "RequestCount"
      dimensions  = local.load_balancer
      stat        = "Sum"
      period      = 60
    }
  }
}

locals {
  capacity_dimensions = flatten([for name, value in var.compute_metrics.capacity.dimensions : [name, value]])

  widgets = [
    { title = "Requests per minute", stat = "Sum", metrics = [
      ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.load_balancer_arn_suffix],
      ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", var.load_balancer_arn_suffix],
    ] },
    { title = "Response time p95 (s)", stat = "p95", metrics = [
      ["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", var.load_balancer_arn_suffix],
    ] },
    { title = "Targets", stat = "Average", metrics = [
      ["AWS/ApplicationELB", "HealthyHostCount", "TargetGroup", var.target_group_arn_suffix, "LoadBalancer", var.load_balancer_arn_suffix],
      ["AWS/ApplicationELB", "UnHealthyHostCount", "TargetGroup", var.target_group_arn_suffix, "LoadBalancer", var.load_balancer_arn_suffix],
    ] },
    { title = "Capacity", stat = "Average", metrics = [
      concat([var.compute_metrics.capacity.namespace, var.compute_metrics.capacity.desired], local.capacity_dimensions),
      concat([var.compute_metrics.capacity.namespace, var.compute_metrics.capacity.in_service], local.capacity_dimensions),
    ] },
    { title = "Instance CPU (%)", stat = "Average", metrics = [
      concat([var.compute_metrics.cpu.namespace, var.compute_metrics.cpu.name], flatten([for name, value in var.compute_metrics.cpu.dimensions : [name, value]])),
    ] },
    { title = "Database CPU (%) and connections", stat = "Average", metrics = [
      ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", var.database_identifier],
      ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", var.database_identifier],
    ] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.full_name

  # Three widgets in a row, each a third of the 24 columns.
  dashboard_body = jsonencode({
    widgets = [for index, widget in local.widgets : {
      type   = "metric"
      x      = (index % 3) * 8
      y      = floor(index / 3) * 6
      width  = 8
      height = 6
      properties = {
        title   = widget.title
        view    = "timeSeries"
        region  = var.region
        stat    = widget.stat
        period  = 60
        metrics = widget.metrics
      }
    }]
  })
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
