output "topic_arn" {
  description = "Topic for alarms, scaling and database events."
  value       = aws_sns_topic.this.arn
}
