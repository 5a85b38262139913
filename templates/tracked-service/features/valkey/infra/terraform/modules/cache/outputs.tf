output "address" {
  description = "Host name of the primary; it moves to the replica in a failover."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "replication_group_id" {
  description = "Id of the replication group."
  value       = aws_elasticache_replication_group.this.replication_group_id
}

output "declared_rules" {
  description = "Rules of security groups that this module adds."
  value = {
    ingress = [aws_vpc_security_group_ingress_rule.service]
    egress  = [aws_vpc_security_group_egress_rule.service]
  }
}
