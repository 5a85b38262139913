locals {
  ca_file     = var.data_environment["DATABASE_CA_FILE"]
  ca_file_url = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"

  logs = {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.service.name
      awslogs-region        = var.region
      awslogs-stream-prefix = "service"
    }
  }

  containers = [
    {
      # Lets the service write temporary files, and fetches the certificate authorities of the database, with the
      # service's own image.
      name                   = "prepare"
      image                  = var.image
      essential              = false
      user                   = "0"
      readonlyRootFilesystem = true
      command                = ["node", "--input-type=module", "--eval", file("${path.module}/prepare-task.mjs")]
      environment = [
        { name = "CA_FILE", value = local.ca_file },
        { name = "CA_URL", value = local.ca_file_url },
        { name = "SCRATCH", value = "/tmp" },
      ]
      mountPoints = [
        { sourceVolume = "config", containerPath = dirname(local.ca_file), readOnly = false },
        { sourceVolume = "tmp", containerPath = "/tmp", readOnly = false },
      ]
      logConfiguration = local.logs
    },
    {
      name                   = "service"
      image                  = var.image
      essential              = true
      readonlyRootFilesystem = true
      # Above the service's own drain time, so that requests in flight end before the process is killed.
      stopTimeout     = 60
      linuxParameters = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
      dependsOn       = [{ containerName = "prepare", condition = "SUCCESS" }]
      portMappings    = [{ containerPort = var.service_port, protocol = "tcp" }]
      environment     = [for key in sort(keys(local.environment)) : { name = key, value = local.environment[key] }]
      mountPoints = [
        { sourceVolume = "config", containerPath = dirname(local.ca_file), readOnly = true },
        { sourceVolume = "tmp", containerPath = "/tmp", readOnly = false },
      ]
      logConfiguration = local.logs
    },
  ]

  environment = merge(
    {
      AWS_REGION               = var.region
      DEPLOYMENT_ENVIRONMENT   = var.environment
      INSTANCE_ID_SOURCE       = "ecs"
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
