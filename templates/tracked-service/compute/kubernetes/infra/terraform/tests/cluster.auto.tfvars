# For every test of the whole configuration: without it, no plan is made.
cluster_private_access_cidrs = ["10.7.0.0/24"]
