output "cluster_name" {
  description = "ECS cluster."
  value       = aws_ecs_cluster.this.name
}

output "service_name" {
  description = "ECS service."
  value       = aws_ecs_service.this.name
}

output "task_definition_arn" {
  description = "The newest task definition."
  value       = aws_ecs_task_definition.this.arn
}

output "role_arn" {
  description = "Role of the workers."
  value       = aws_iam_role.worker.arn
}

output "metric_namespace" {
  description = "Namespace of the metric of dead letters."
  value       = one(aws_cloudwatch_log_metric_filter.dead_letters.metric_transformation).namespace
}
