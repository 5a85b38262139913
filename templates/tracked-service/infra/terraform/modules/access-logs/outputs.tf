# Ready for writes: callers also wait for the policy.
output "bucket" {
  description = "Name of the bucket for access logs."
  value       = aws_s3_bucket_policy.logs.bucket
}
