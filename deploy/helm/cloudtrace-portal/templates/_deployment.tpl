{{/*
One set of replicas. Takes a dictionary: root, component, options, roleConfig
(file with the role, if any), and listensForIngest.
*/}}
{{- define "portal.deployment" -}}
{{- $root := .root -}}
{{- $options := .options -}}
{{- $selector := include "portal.selector" (list $root .component) -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "portal.name" $root }}-{{ .component }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    {{- $selector | nindent 4 }}
    {{- include "portal.labels" $root | nindent 4 }}
spec:
  {{- if not .isScaled }}
  replicas: {{ $options.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  # A replica that never becomes ready fails the rollout, and the others go on.
  progressDeadlineSeconds: 900
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels:
      {{- $selector | nindent 6 }}
  template:
    metadata:
      labels:
        {{- $selector | nindent 8 }}
        {{- include "portal.labels" $root | nindent 8 }}
      annotations:
        # Replaces the replicas when the configuration changes.
        {{- $checksum := include (print $root.Template.BasePath "/configuration.yaml") $root | sha256sum }}
        {{- toYaml (merge (dict "checksum/configuration" $checksum) $options.podAnnotations) | nindent 8 }}
    spec:
      serviceAccountName: {{ include "portal.serviceAccount" $root | quote }}
      automountServiceAccountToken: {{ $root.Values.serviceAccount.automountToken }}
      # The delay, open requests, and what CloudTrace has in memory.
      terminationGracePeriodSeconds: {{ add $root.Values.shutdownDelaySeconds 45 }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        seccompProfile: { type: RuntimeDefault }
      {{- with $root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      topologySpreadConstraints:
        {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - topologyKey: {{ $key }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- $selector | nindent 14 }}
          # Counts only the new replicas during a rollout.
          matchLabelKeys: [pod-template-hash]
        {{- end }}
      {{- with $options.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $options.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: backstage
          image: {{ include "portal.image" $root | quote }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          command: [node, packages/backend]
          args:
            - --config=app-config.yaml
            - --config=app-config.production.yaml
            - --config=/config/app-config.chart.yaml
            - --config=/config/app-config.values.yaml
            # Last, because a role must not change with the values.
            - --config=/config/{{ .roleConfig }}
          env:
            - name: APP_BASE_URL
              value: {{ required "Set baseUrl to the address that users reach" $root.Values.baseUrl | trimSuffix "/" | quote }}
            - name: POSTGRES_HOST
              value: {{ include "portal.databaseHost" $root | quote }}
            - name: POSTGRES_PORT
              value: {{ $root.Values.postgresql.enabled | ternary 5432 $root.Values.database.port | quote }}
            - name: POSTGRES_USER
              value: {{ $root.Values.database.user | quote }}
            - name: POSTGRES_DATABASE
              value: {{ $root.Values.database.name | quote }}
            - name: NODE_OPTIONS
              value: --no-deprecation --max-old-space-size={{ $options.maxOldSpaceMib }}
          envFrom:
            - secretRef:
                name: {{ $root.Values.secretName | quote }}
          ports:
            - { name: http, containerPort: {{ include "portal.ports.http" $root }}, protocol: TCP }
            {{- if .listensForIngest }}
            - { name: otlp, containerPort: {{ include "portal.ports.otlp" $root }}, protocol: TCP }
            {{- end }}
            {{- if $root.Values.metrics.enabled }}
            - { name: metrics, containerPort: {{ $root.Values.metrics.port }}, protocol: TCP }
            {{- end }}
          # Ready once all plugins have started; the first one also migrates.
          startupProbe:
            httpGet: { path: /.backstage/health/v1/readiness, port: http }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 120
          readinessProbe:
            httpGet: { path: /.backstage/health/v1/readiness, port: http }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 2
          # Does not ask the database: restarts would not help an outage of it.
          livenessProbe:
            httpGet: { path: /.backstage/health/v1/liveness, port: http }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          resources:
            {{- toYaml $options.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            privileged: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts:
            - { name: config, mountPath: /config, readOnly: true }
            - { name: tmp, mountPath: /tmp }
            {{- with $root.Values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: config
          configMap:
            name: {{ include "portal.name" $root }}
        # The scaffolder works here.
        - name: tmp
          emptyDir: { sizeLimit: 2Gi }
        {{- with $root.Values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end }}
