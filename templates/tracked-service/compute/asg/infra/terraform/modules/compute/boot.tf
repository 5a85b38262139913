locals {
  # Input of the boot script, and (service_environment) what it passes on to the container.
  boot_environment = {
    AWS_REGION           = var.region
    SERVICE_GROUP        = var.full_name
    SERVICE_IMAGE        = var.image
    SERVICE_LOG_GROUP    = aws_cloudwatch_log_group.service.name
    SERVICE_ENVIRONMENT  = join("\n", [for key in sort(keys(local.service_environment)) : "${key}=${local.service_environment[key]}"])
    DATABASE_CA_FILE_URL = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"
  }

  service_environment = merge(
    {
      AWS_REGION               = var.region
      DEPLOYMENT_ENVIRONMENT   = var.environment
      INSTANCE_ID_SOURCE       = "ec2"
      OTEL_SERVICE_NAME        = var.name
      OTEL_RESOURCE_ATTRIBUTES = "deployment.environment.name=${var.environment}"
      PORT                     = tostring(var.service_port)
      SECRETS_BACKEND          = var.secrets_backend
      SERVICE_IMAGE            = var.image
    },
    var.otlp_endpoint == "" ? {} : {
      INGEST_TOKEN_SECRET_ARN     = var.ingest_token_secret_arn
      OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint
    },
    var.scaling_policy == "active-users" ? { ACTIVE_USERS_METRIC_SERVICE = var.full_name } : {},
    var.data_environment,
  )
}
