{{- define "portal.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "portal.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ include "portal.name" . }}
{{- end }}

{{/* Takes a list of the root context and a component. */}}
{{- define "portal.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "portal.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest }}{{ $image.repository }}@{{ $image.digest }}
{{- else }}{{ $image.repository }}:{{ required "Set image.tag or image.digest" $image.tag }}{{ end }}
{{- end }}

{{- define "portal.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "portal.name" .) }}
{{- end }}

{{- define "portal.databaseHost" -}}
{{- if .Values.postgresql.enabled }}{{ include "portal.name" . }}-database
{{- else }}{{ required "Set database.host or postgresql.enabled" .Values.database.host }}{{ end }}
{{- end }}

{{- define "portal.host" -}}
{{- .Values.ingress.host | default (urlParse .Values.baseUrl).hostname }}
{{- end }}

{{/* What Backstage and ingest listen on in a pod. */}}
{{- define "portal.ports.http" -}}7007{{- end }}
{{- define "portal.ports.otlp" -}}4318{{- end }}

{{/* Fails with a sentence for values that fit the schema but not each other. */}}
{{- define "portal.checkValues" -}}
{{- if and .Values.database.distributed .Values.postgresql.enabled }}
{{- fail "database.distributed needs a Citus coordinator in database.host, not postgresql.enabled" }}
{{- end }}
{{- if dig "cloudtrace" "role" "" .Values.appConfig }}
{{- fail "Remove cloudtrace.role from appConfig: ingest.enabled decides the role of each replica" }}
{{- end }}
{{- if dig "cloudtrace" "ingest" "listen" "" .Values.appConfig }}
{{- fail "Remove cloudtrace.ingest.listen from appConfig: service.ingestPort decides the port of ingest" }}
{{- end }}
{{- if and .Values.ingress.enabled (urlParse .Values.baseUrl).path (ne (urlParse .Values.baseUrl).path "/") }}
{{- fail "baseUrl must have no path when ingress.enabled is true: the rules of the Ingress start at /" }}
{{- end }}
{{- if gt .Values.ingest.autoscaling.minReplicas .Values.ingest.autoscaling.maxReplicas }}
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
