output "auto_scaling_group_name" {
  description = "Name of the Auto Scaling group."
  value       = aws_autoscaling_group.service.name
}

output "auto_scaling_group_arn" {
  description = "ARN of the Auto Scaling group."
  value       = aws_autoscaling_group.service.arn
}

output "security_group_id" {
  description = "Security group of the instances."
  value       = aws_security_group.this.id
}

output "instance_role_arn" {
  description = "Role of the instances, for example for Vault's AWS login."
  value       = aws_iam_role.instance.arn
}

output "log_group_name" {
  description = "Log group of the service."
  value       = aws_cloudwatch_log_group.service.name
}

output "metrics" {
  description = "Metrics of capacity and load, for alarms and the dashboard: namespace, names and dimensions."
  value = {
    capacity = {
      namespace  = "AWS/AutoScaling"
      desired    = "GroupDesiredCapacity"
      in_service = "GroupInServiceInstances"
      dimensions = { AutoScalingGroupName = aws_autoscaling_group.service.name }
    }
    cpu = {
      namespace  = local.cpu.namespace
      name       = local.cpu.name
      dimensions = { AutoScalingGroupName = aws_autoscaling_group.service.name }
    }
  }
}
