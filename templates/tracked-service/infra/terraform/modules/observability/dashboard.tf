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
