{{/* Fails with a sentence for values that fit the schema but not each other. */}}
{{- define "portal.checkValues" -}}
{{- if and .Values.database.distributed .Values.postgresql.enabled }}
{{- fail "database.distributed needs a Citus coordinator in database.host, not postgresql.enabled" }}
{{- end }}
{{- include "portal.checkAppConfig" . }}
{{- include "portal.checkIngress" . }}
{{- include "portal.checkVolumes" . }}
{{- $scaling := .Values.ingest.autoscaling }}
{{- if and .Values.ingest.enabled $scaling.enabled (gt $scaling.minReplicas $scaling.maxReplicas) }}
{{- fail "ingest.autoscaling.minReplicas is larger than maxReplicas" }}
{{- end }}
{{- $ports := list .Values.service.port .Values.service.ingestPort }}
{{- if .Values.metrics.enabled }}
{{- $ports = append $ports .Values.metrics.port }}
{{- if has (toString .Values.metrics.port) (list (include "portal.ports.http" .) (include "portal.ports.otlp" .)) }}
{{- fail (printf "metrics.port cannot be %v: replicas listen on it already" .Values.metrics.port) }}
{{- end }}
{{- end }}
{{- if ne (len $ports) (len (uniq $ports)) }}
{{- fail "service.port, service.ingestPort and metrics.port must differ" }}
{{- end }}
{{- end }}

{{/* A setting of appConfig as JSON, or nothing. Takes a list of the root context and a path with dots. */}}
{{- define "portal.appConfig" -}}
{{- $node := (index . 0).Values.appConfig }}
{{- range splitList "." (index . 1) }}
{{- if kindIs "map" $node }}{{ $node = get $node . }}{{ else }}{{ $node = "" }}{{ end }}
{{- end }}
{{- if not (or (kindIs "invalid" $node) (eq (toJson $node) "\"\"")) }}{{ toJson $node }}{{ end }}
{{- end }}

{{/* What other values decide. Two places for one setting would disagree sooner or later. */}}
{{- define "portal.checkAppConfig" -}}
{{- $decided := dict
  "backend.database.knexConfig.pool.max" "database.maxConnections decides it"
  "backend.lifecycle.serverShutdownDelay" "shutdownDelaySeconds decides it"
  "backend.listen" "probes and Services expect the port of the image"
  "cloudtrace.database.distributed" "database.distributed decides it"
  "cloudtrace.database.shardCount" "database.shardCount decides it"
  "cloudtrace.ingest.listen" "service.ingestPort decides the port of ingest"
  "cloudtrace.role" "ingest.enabled decides the role of each replica"
}}
{{- range $path, $reason := $decided }}
{{- if include "portal.appConfig" (list $ $path) }}
{{- fail (printf "Remove %s from appConfig: %s" $path $reason) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "portal.checkIngress" -}}
{{- if .Values.ingress.enabled }}
{{- $path := (urlParse .Values.baseUrl).path }}
{{- if and $path (ne $path "/") }}
{{- fail "baseUrl must have no path when ingress.enabled is true: the rules of the Ingress start at /" }}
{{- end }}
{{- $host := include "portal.host" . }}
{{- $label := "[a-z0-9]([-a-z0-9]*[a-z0-9])?" }}
{{- if or (regexMatch "^[0-9.]+$" $host) (not (regexMatch (printf "^(\\*\\.)?%s(\\.%s)*$" $label $label) $host)) }}
{{- fail (printf "ingress.host or the host of baseUrl must be a DNS name, not %q" $host) }}
{{- end }}
{{- with include "portal.appConfig" (list . "cloudtrace.ingest.maxBodyBytes") }}
{{- if gt (float64 .) (mulf 1048576 $.Values.ingress.maxBodyMib) }}
{{- fail "ingress.maxBodyMib is less than cloudtrace.ingest.maxBodyBytes of appConfig: ingress-nginx would refuse larger bodies" }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Volumes and mounts of the chart come first; see _deployment.tpl. */}}
{{- define "portal.checkVolumes" -}}
{{- $names := list "config" "tmp" }}
{{- range .Values.extraVolumes }}
{{- if has .name $names }}
{{- fail (printf "extraVolumes has the name %q twice, or the chart uses it" .name) }}
{{- end }}
{{- $names = append $names .name }}
{{- end }}
{{- $paths := list "/config" "/tmp" }}
{{- range .Values.extraVolumeMounts }}
{{- $path := trimSuffix "/" .mountPath }}
{{- if has $path $paths }}
{{- fail (printf "extraVolumeMounts has the path %q twice, or the chart uses it" $path) }}
{{- end }}
{{- $paths = append $paths $path }}
{{- if not (has .name $names) }}
{{- fail (printf "extraVolumeMounts names %q, which is not in extraVolumes" .name) }}
{{- end }}
{{- end }}
{{- end }}
