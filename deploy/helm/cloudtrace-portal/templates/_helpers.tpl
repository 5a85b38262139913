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
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
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
{{- .Values.ingress.host | default (urlParse .Values.baseUrl).hostname | lower }}
{{- end }}

{{/* What Backstage and ingest listen on in a pod. */}}
{{- define "portal.ports.http" -}}7007{{- end }}
{{- define "portal.ports.otlp" -}}4318{{- end }}
