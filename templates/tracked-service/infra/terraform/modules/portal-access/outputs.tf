output "role_arn" {
  description = "Role for the portal: cloudtrace.aws.accounts[].roleName or roleArn in its app-config."
  value       = aws_iam_role.portal.arn
}
