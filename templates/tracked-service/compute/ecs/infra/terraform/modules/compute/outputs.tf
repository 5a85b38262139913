output "cluster_name" {
  description = "ECS cluster."
  value       = aws_ecs_cluster.service.name
}

output "service_name" {
  description = "ECS service."
  value       = aws_ecs_service.service.name
}

output "security_group_id" {
  description = "Security group of the tasks."
  value       = aws_security_group.this.id
}

output "role_arn" {
  description = "Role of the tasks."
  value       = aws_iam_role.task.arn
}

output "log_group_name" {
  description = "Log group of the service."
  value       = aws_cloudwatch_log_group.service.name
}

output "metrics" {
  description = "Metrics of capacity and load, for alarms and the dashboard: namespace, names and dimensions."
  value = {
    capacity = {
      namespace  = "ECS/ContainerInsights"
      desired    = "DesiredTaskCount"
      in_service = "RunningTaskCount"
      dimensions = local.cpu.dimensions
    }
    cpu = {
      namespace  = local.cpu.namespace
      name       = local.cpu.name
      dimensions = local.cpu.dimensions
    }
  }
}
