{{- /* The Deployment of a service, of (dict "root" . "name" NAME). */ -}}
{{- define "phone82.deployment" -}}
{{- $root := .root -}}
{{- $settings := include "phone82.settings" . | fromYaml -}}
{{- $keepsFile := include "phone82.keepsFile" . -}}
{{- $scales := and $settings.autoscaling.enabled (not $keepsFile) -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  labels: {{ include "phone82.labels" . | nindent 4 }}
spec:
  {{- /* Where something scales it, the number is not the chart's: an upgrade would set it back. */}}
  {{- if not $scales }}
  replicas: {{ if $keepsFile }}1{{ else }}{{ $settings.autoscaling.minReplicas }}{{ end }}
  {{- end }}
  revisionHistoryLimit: 3
  selector:
    matchLabels: {{ include "phone82.selector" . | nindent 6 }}
  {{- if $keepsFile }}
  strategy: { type: Recreate }
  {{- else }}
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  {{- end }}
  template:
    metadata:
      labels:
        {{- include "phone82.labels" . | nindent 8 }}
        {{- with $root.Values.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
      {{- if and $root.Values.metrics.scrape (ne .name "psp-simulator") }}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "8080"
        prometheus.io/path: /metrics
      {{- end }}
    spec:
      serviceAccountName: {{ .name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- /* The pause before SIGTERM, the 20 s after which a service that hangs ends itself, and some air. */}}
      terminationGracePeriodSeconds: {{ add $root.Values.shutdown.preStopSeconds 27 }}
      {{- include "phone82.scheduling" $root | nindent 6 }}
      securityContext: {{ include "phone82.podSecurity" $root | nindent 8 }}
      topologySpreadConstraints:
        {{- range (list "kubernetes.io/hostname" "topology.kubernetes.io/zone") }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{ include "phone82.selector" $ | nindent 14 }}
        {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ include "phone82.imageOf" . }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args: [{{ .name }}]
          env: {{ include "phone82.environment" . | nindent 12 }}
          ports:
            - { name: http, containerPort: 8080 }
          startupProbe:
            httpGet: { path: /livez, port: http }
            periodSeconds: 2
            timeoutSeconds: 2
            failureThreshold: 60
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 3
            timeoutSeconds: 2
            failureThreshold: 2
          livenessProbe:
            httpGet: { path: /livez, port: http }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 3
          {{- if gt (int $root.Values.shutdown.preStopSeconds) 0 }}
          lifecycle:
            preStop: { sleep: { seconds: {{ $root.Values.shutdown.preStopSeconds }} } }
          {{- end }}
          resources: {{ toYaml $settings.resources | nindent 12 }}
          securityContext: {{ include "phone82.containerSecurity" $root | nindent 12 }}
          {{- $files := include "phone82.kafkaFiles" . | fromYaml }}
          {{- $keys := include "phone82.serviceKeys" . | fromYaml }}
          {{- if or $keepsFile $files $keys }}
          volumeMounts:
            {{- if $keepsFile }}
            - { name: data, mountPath: /data }
            {{- end }}
            {{- range $folder, $secret := $files }}
            - { name: kafka-{{ $folder }}, mountPath: /kafka/{{ $folder }}, readOnly: true }
            {{- end }}
            {{- if $keys }}
            - { name: service-keys, mountPath: /keys, readOnly: true }
            {{- end }}
      volumes:
        {{- if $keepsFile }}
        - name: data
          persistentVolumeClaim: { claimName: {{ .name }} }
        {{- end }}
        {{- range $folder, $secret := $files }}
        - name: kafka-{{ $folder }}
          secret: { secretName: {{ $secret }}, defaultMode: 0440 }
        {{- end }}
        {{- if $keys }}
        {{- /* Each pod has only the files that it needs: with another's private key it could sign as that one. */}}
        - name: service-keys
          secret:
            secretName: {{ $root.Values.serviceKeys.existingSecret }}
            defaultMode: 0440
            items:
              {{- range $keys }}
              - { key: {{ . }}, path: {{ . }} }
              {{- end }}
        {{- end }}
          {{- end }}
{{- end -}}
