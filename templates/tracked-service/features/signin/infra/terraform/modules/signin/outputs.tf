output "secret_name" {
  description = "Name of the secret with the client secret."
  value       = local.secret_name
}

output "declared_rules" {
  description = "Rules of security groups that this module adds."
  value = {
    ingress = []
    egress  = [aws_vpc_security_group_egress_rule.identity_provider]
  }
}
