output "cluster" {
  description = "ECS cluster in which migrations run."
  value       = aws_ecs_cluster.this.name
}

output "task_definition_arn" {
  description = "Task that migrates the schema to the state of the image."
  value       = aws_ecs_task_definition.this.arn
}

output "security_group_id" {
  description = "Security group of the task."
  value       = aws_security_group.this.id
}
