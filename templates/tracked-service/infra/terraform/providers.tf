provider "aws" {
  region = var.region

  # The portal links a resource to a catalog entity only when the resource says so itself.
  default_tags {
    tags = local.tags
  }
}
