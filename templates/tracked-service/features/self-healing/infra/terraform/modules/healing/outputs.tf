output "failed_queue_name" {
  description = "Queue of the events that failed three times."
  value       = aws_sqs_queue.failed.name
}

output "pause_parameter" {
  description = "Parameter in which the pipeline writes the end of a pause."
  value       = local.pause_parameter
}

output "events_token_secret_arn" {
  description = "Secret for the portal's token for events."
  value       = aws_secretsmanager_secret.events_token.arn
}
