output "addresses" {
  description = "Brokers, separated by commas, for SASL/SCRAM over TLS."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_scram
}

output "broker_secret_arn" {
  description = "Secret with the login at the broker."
  value       = local.broker_secret_arn
}

output "redis_secret_arn" {
  description = "Secret with the login at Redis."
  value       = local.redis_secret_arn
}

output "redis_user_id" {
  description = "User of Redis."
  value       = aws_cloudformation_stack.logins.outputs["RedisUser"]
}

output "declared_rules" {
  description = "Rules of security groups that this module adds."
  value = {
    ingress = [aws_vpc_security_group_ingress_rule.service]
    egress  = [aws_vpc_security_group_egress_rule.service]
  }
}
