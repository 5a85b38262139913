variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "zones" {
  description = "Availability zones; each gets one subnet of every tier."
  type        = list(string)
}

variable "vpc_cidr" {
  description = "Address range of the VPC, a /16."
  type        = string
}

variable "nat_gateway_per_zone" {
  description = "One NAT gateway per zone instead of one for all."
  type        = bool
}

variable "flow_logs_enabled" {
  description = "Record the VPC's connections."
  type        = bool
}

variable "log_retention_days" {
  description = "How long flow logs are kept, in days."
  type        = number
}

variable "kms_key_arn" {
  description = "Key that encrypts the flow logs."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}

locals {
  zone_count = length(var.zones)

  # Three tiers, in this order: private /20, public /24, data /24, each once per zone.
  ranges         = cidrsubnets(var.vpc_cidr, concat([for zone in var.zones : 4], [for zone in var.zones : 8], [for zone in var.zones : 8])...)
  private_ranges = zipmap(var.zones, slice(local.ranges, 0, local.zone_count))
  public_ranges  = zipmap(var.zones, slice(local.ranges, local.zone_count, 2 * local.zone_count))
  data_ranges    = zipmap(var.zones, slice(local.ranges, 2 * local.zone_count, 3 * local.zone_count))

  nat_zones = var.nat_gateway_per_zone ? var.zones : slice(var.zones, 0, 1)
}

resource "aws_vpc" "this" {
  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = var.full_name }
}

# Adopts the default security group of the VPC and removes all its rules, so that nothing works by accident.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.full_name}-default-unused" }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = var.full_name }
}

# Public: load balancer and NAT gateways only --------------------------------------

resource "aws_subnet" "public" {
  for_each = local.public_ranges

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false

  tags = { Name = "${var.full_name}-public-${each.key}", tier = "public" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.full_name}-public" }
}

resource "aws_route" "public_internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = aws_subnet.public

  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  for_each = toset(local.nat_zones)

  domain = "vpc"

  tags = { Name = "${var.full_name}-nat-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  for_each = toset(local.nat_zones)

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id

  tags = { Name = "${var.full_name}-${each.key}" }
}

# Private: instances and tasks, outbound through NAT -----------------------

resource "aws_subnet" "private" {
  for_each = local.private_ranges

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false

  tags = { Name = "${var.full_name}-private-${each.key}", tier = "private" }
}

resource "aws_route_table" "private" {
  for_each = aws_subnet.private

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.full_name}-private-${each.key}" }
}

resource "aws_route" "private_internet" {
  for_each = aws_route_table.private

  route_table_id         = each.value.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[var.nat_gateway_per_zone ? each.key : local.nat_zones[0]].id
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[each.key].id
}

# Data: database and cache, no route out ---------------------------------------------

resource "aws_subnet" "data" {
  for_each = local.data_ranges

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false

  tags = { Name = "${var.full_name}-data-${each.key}", tier = "data" }
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.full_name}-data" }
}

resource "aws_route_table_association" "data" {
  for_each = aws_subnet.data

  subnet_id      = each.value.id
  route_table_id = aws_route_table.data.id
}

# Image layers come from S3: the gateway endpoint is free, while NAT charges for the same bytes.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]

  tags = { Name = "${var.full_name}-s3" }
}

resource "aws_cloudwatch_log_group" "flow" {
  count = var.flow_logs_enabled ? 1 : 0

  name              = "/cloudtrace/${var.full_name}/flow"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_iam_role" "flow" {
  count = var.flow_logs_enabled ? 1 : 0

  name                 = "${var.full_name}-flow-logs"
  description          = "Lets the VPC of ${var.full_name} write its flow logs"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "flow" {
  count = var.flow_logs_enabled ? 1 : 0

  name = "write-flow-logs"
  role = aws_iam_role.flow[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = [aws_cloudwatch_log_group.flow[0].arn, "${aws_cloudwatch_log_group.flow[0].arn}:log-stream:*"]
    }]
  })
}

resource "aws_flow_log" "this" {
  count = var.flow_logs_enabled ? 1 : 0

  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow[0].arn
  iam_role_arn         = aws_iam_role.flow[0].arn

  tags = { Name = var.full_name }
}

output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets of the load balancer, in the order of the zones."
  value       = [for zone in var.zones : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "Subnets of instances and tasks, in the order of the zones."
  value       = [for zone in var.zones : aws_subnet.private[zone].id]
}

output "data_subnet_ids" {
  description = "Subnets of database and cache, in the order of the zones."
  value       = [for zone in var.zones : aws_subnet.data[zone].id]
}
