terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.50.0, < 7.0.0"
    }
  }

  # Bucket and region come from the command line (see README.md), the key and the locking from environments/<environment>.s3.tfbackend.
  backend "s3" {}
}
