output "cluster_name" {
  description = "EKS cluster."
  value       = aws_eks_cluster.this.name
}

output "environment_parameter_name" {
  description = "Parameter with the environment variables of the pods."
  value       = aws_ssm_parameter.environment.name
}

output "security_group_id" {
  description = "Security group of the service, which the nodes have."
  value       = aws_security_group.this.id
}

output "role_arn" {
  description = "Role of the service's pods."
  value       = aws_iam_role.pods["service"].arn
}

output "log_group_name" {
  description = "Log group of the pods."
  value       = aws_cloudwatch_log_group.cluster["application"].name
}

locals {
  # Container Insights knows a pod by the name of its Deployment.
  deployment = { ClusterName = aws_eks_cluster.this.name, Namespace = var.full_name, PodName = var.name }
}

output "metrics" {
  description = "Metrics of capacity and load, for alarms and the dashboard: namespace, names and dimensions."
  value = {
    capacity = {
      namespace  = "ContainerInsights"
      desired    = "replicas_desired"
      in_service = "replicas_ready"
      dimensions = local.deployment
    }
    cpu = {
      namespace  = "ContainerInsights"
      name       = "pod_cpu_utilization"
      dimensions = local.deployment
    }
  }
}
