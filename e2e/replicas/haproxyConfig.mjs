/**
 * A balancer without sticky sessions: every request may reach any replica that
 * is ready. It repeats a request only if no replica can have seen it.
 */
export function haproxyConfig({ port, replicaPorts }) {
  return `
global
  maxconn 2000
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
  retries 2
  retry-on conn-failure
  option redispatch 1
frontend portal
  bind 127.0.0.1:${port}
  default_backend replicas
backend replicas
  balance roundrobin
  option httpchk GET /.backstage/health/v1/readiness
  http-check expect status 200
  default-server check inter 1s fall 2 rise 1
${replicaPorts
  .map((replica, i) => `  server replica-${i + 1} 127.0.0.1:${replica}`)
  .join('\n')}
`;
}
