output "api_endpoint" {
  description = "Address of the HTTP API; POST /downloads accepts a job."
  value       = aws_apigatewayv2_api.this.api_endpoint
}

output "bucket" {
  description = "Bucket with the downloads."
  value       = aws_s3_bucket.downloads.id
}

output "failed_queue_name" {
  description = "Queue of jobs that failed five times."
  value       = aws_sqs_queue.failed.name
}

output "cluster_name" {
  description = "ECS cluster of the agents."
  value       = aws_ecs_cluster.this.name
}

output "service_name" {
  description = "ECS service of the agents."
  value       = aws_ecs_service.agents.name
}

output "declared_rules" {
  description = "Rules of security groups that this module adds."
  value = {
    ingress = []
    egress  = [aws_vpc_security_group_egress_rule.https]
  }
}
