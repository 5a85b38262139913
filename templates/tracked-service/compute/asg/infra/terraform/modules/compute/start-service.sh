# shellcheck shell=bash
# Runs once when an instance starts, as root, after the exported variables:
#   AWS_REGION, SERVICE_GROUP, SERVICE_IMAGE, SERVICE_LOG_GROUP,
#   SERVICE_ENVIRONMENT (lines of KEY=value for the container), DATABASE_CA_FILE_URL
# Ends with the container running under systemd, which restarts it when it exits.
set -euo pipefail

readonly config_dir=/etc/service
install -d -m 0755 "$config_dir"

dnf install --assumeyes --quiet docker
systemctl enable --now docker

curl --fail --silent --show-error --retry 5 --retry-all-errors --max-time 30 \
  --output "$config_dir/rds-ca.pem" "$DATABASE_CA_FILE_URL"

umask 077
printf '%s\n' "$SERVICE_ENVIRONMENT" > "$config_dir/service.env"
umask 022

if [[ $SERVICE_IMAGE == *.dkr.ecr.*.amazonaws.com/* ]]; then
  aws ecr get-login-password --region "$AWS_REGION" \
    | docker login --username AWS --password-stdin "${SERVICE_IMAGE%%/*}"
fi
for attempt in 1 2 3 4 5; do
  docker pull --quiet "$SERVICE_IMAGE" && break
  if [[ $attempt == 5 ]]; then
    echo "Cannot pull $SERVICE_IMAGE" >&2
    exit 1
  fi
  sleep $((attempt * 5))
done

# The host's network keeps the metadata service at one hop and saves a port mapping. Stop time is above the
# service's own drain time, so that requests in flight end before the process is killed.
cat > /etc/systemd/system/service.service <<UNIT
[Unit]
Description=The service's container
After=docker.service network-online.target
Requires=docker.service

[Service]
Restart=always
RestartSec=2
TimeoutStopSec=60
ExecStartPre=-/usr/bin/docker rm --force service
ExecStart=/usr/bin/docker run --rm --name service --init --network host \
  --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --pids-limit 512 \
  --env-file $config_dir/service.env --volume $config_dir/rds-ca.pem:$config_dir/rds-ca.pem:ro \
  --log-driver awslogs --log-opt awslogs-region=$AWS_REGION --log-opt awslogs-group=$SERVICE_LOG_GROUP \
  --stop-timeout 45 $SERVICE_IMAGE
ExecStop=/usr/bin/docker stop --time 45 service

[Install]
WantedBy=multi-user.target
UNIT

systemctl daemon-reload
systemctl enable --now service.service

# EC2 reports CPU but not memory. Last, because the service must start even if the agent cannot.
# The group's name is written here: the agent itself could find it only with ec2:DescribeTags.
dnf install --assumeyes --quiet amazon-cloudwatch-agent
cat > "$config_dir/cloudwatch-agent.json" <<JSON
{
  "agent": { "metrics_collection_interval": 60, "run_as_user": "cwagent" },
  "metrics": {
    "namespace": "CWAgent",
    "append_dimensions": { "InstanceId": "\${aws:InstanceId}" },
    "aggregation_dimensions": [["AutoScalingGroupName"]],
    "metrics_collected": {
      "mem": {
        "measurement": ["mem_used_percent"],
        "append_dimensions": { "AutoScalingGroupName": "$SERVICE_GROUP" }
      }
    }
  }
}
JSON
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl \
  -a fetch-config -m ec2 -s -c "file:$config_dir/cloudwatch-agent.json"
