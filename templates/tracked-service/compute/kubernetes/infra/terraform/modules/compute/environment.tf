# What the pods need to know of the infrastructure. The deployment makes a ConfigMap of it.

locals {
  environment = merge(
    {
      AWS_REGION               = var.region
      DEPLOYMENT_ENVIRONMENT   = var.environment
      INSTANCE_ID_SOURCE       = "kubernetes"
      OTEL_SERVICE_NAME        = var.name
      OTEL_RESOURCE_ATTRIBUTES = "deployment.environment.name=${var.environment}"
      PORT                     = tostring(var.service_port)
      SECRETS_BACKEND          = var.secrets_backend
    },
    var.otlp_endpoint == "" ? {} : {
      INGEST_TOKEN_SECRET_ARN     = var.ingest_token_secret_arn
      OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint
    },
    local.uses_keda ? { ACTIVE_USERS_METRIC_SERVICE = var.full_name } : {},
    var.data_environment,
  )
}

resource "aws_ssm_parameter" "environment" {
  name        = "/${var.full_name}/service-environment"
  description = "Environment variables of the pods of ${var.full_name}; no secret is among them"
  type        = "String"
  value       = jsonencode(local.environment)
}
