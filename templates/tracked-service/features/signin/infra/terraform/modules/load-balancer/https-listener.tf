output "https_listener_arn" {
  description = "ARN of the HTTPS listener, for rules of optional parts."
  value       = aws_lb_listener.https.arn
}
