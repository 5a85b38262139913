provider "aws" {
  region = var.region

  # The portal links a resource to a catalog entity only if the resource has this tag.
  default_tags {
    tags = local.tags
  }
}
