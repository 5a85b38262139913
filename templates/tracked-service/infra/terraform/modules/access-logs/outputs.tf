# Ready to be written to: callers wait for the policy, too.
output "bucket" {
  description = "Name of the bucket for access logs."
  value       = aws_s3_bucket_policy.logs.bucket
}
