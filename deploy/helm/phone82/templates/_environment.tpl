{{- /* A URL from a Secret, or one that a password is put into. Of (dict "key" KEY "password" VARIABLE "from" VALUES). */ -}}
{{- define "phone82.url" -}}
{{- if .from.urlSecret.name -}}
- name: {{ .key }}
  valueFrom: { secretKeyRef: { name: {{ .from.urlSecret.name }}, key: {{ .from.urlSecret.key | default "uri" }} } }
{{- else -}}
{{- if .from.passwordSecret.name -}}
- name: {{ .password }}
  valueFrom: { secretKeyRef: { name: {{ .from.passwordSecret.name }}, key: {{ .from.passwordSecret.key | default "password" }} } }
{{ end -}}
- name: {{ .key }}
  value: {{ .from.url | quote }}
{{- end -}}
{{- end -}}

{{- /* DATABASE_URL of a service. */ -}}
{{- define "phone82.database" -}}
{{- if include "phone82.keepsFile" . -}}
- name: DATABASE_URL
  value: sqlite:///data/{{ .name }}.db
{{- else -}}
{{ include "phone82.url" (dict "key" "DATABASE_URL" "password" "DATABASE_PASSWORD" "from" (index .root.Values.databases .name)) }}
{{- end -}}
{{- end -}}

{{- define "phone82.bus" -}}
{{- if .Values.kafka.brokers -}}
- name: KAFKA_BROKERS
  value: {{ .Values.kafka.brokers | quote }}
{{- include "phone82.kafkaSecurity" .Values.kafka }}
{{- else -}}
{{ include "phone82.url" (dict "key" "BUS_URL" "password" "BUS_PASSWORD" "from" .Values.bus) }}
{{- end }}
- name: BUS_PARTITIONS
  value: {{ .Values.kafka.partitions | quote }}
- name: BUS_RETENTION_HOURS
  value: {{ .Values.kafka.retentionHours | quote }}
{{- end -}}

{{- /* How Kafka is spoken to, and what a topic is made with, of the values of `kafka`. */ -}}
{{- define "phone82.kafkaSecurity" -}}
{{- if .tls.enabled }}
- name: KAFKA_TLS
  value: "true"
{{- if .tls.caSecret.name }}
- name: KAFKA_CA_FILE
  value: /kafka/ca/{{ .tls.caSecret.key }}
{{- end }}
{{- if .tls.certSecret.name }}
- name: KAFKA_CERT_FILE
  value: /kafka/cert/{{ .tls.certSecret.certKey }}
- name: KAFKA_KEY_FILE
  value: /kafka/cert/{{ .tls.certSecret.keyKey }}
{{- end }}
{{- end }}
{{- if .sasl.mechanism }}
- name: KAFKA_SASL_MECHANISM
  value: {{ .sasl.mechanism | quote }}
- name: KAFKA_SASL_USERNAME
  value: {{ .sasl.username | quote }}
- name: KAFKA_SASL_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ .sasl.passwordSecret.name }}, key: {{ .sasl.passwordSecret.key }} } }
{{- end }}
{{- with .replication }}
- name: KAFKA_REPLICATION
  value: {{ . | quote }}
{{- end }}
{{- with .topicSettings }}
- name: KAFKA_TOPIC_SETTINGS
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{- /* The files of Kafka's authority and of our certificate: the names of their Secrets by folder, as YAML; empty without. */ -}}
{{- define "phone82.kafkaFiles" -}}
{{- $kafka := .root.Values.kafka -}}
{{- if and $kafka.brokers $kafka.tls.enabled (not (has .name (list "gateway" "psp-simulator"))) -}}
{{- with $kafka.tls.caSecret.name }}
ca: {{ . }}
{{- end }}
{{- with $kafka.tls.certSecret.name }}
cert: {{ . }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "phone82.psp" -}}
- name: PSP_URL
  value: {{ .Values.psp.url | default "http://psp-simulator:8080" | quote }}
- name: PSP_ORDER_PREFIX
  value: {{ .Values.psp.orderPrefix | quote }}
{{- with .Values.psp.existingSecret }}
{{- range (list "PSP_SECRET_KEY" "PSP_BILLING_KEY" "PSP_CUSTOMER_KEY") }}
- name: {{ . }}
  valueFrom: { secretKeyRef: { name: {{ $.Values.psp.existingSecret }}, key: {{ . }} } }
{{- end }}
{{- end }}
{{- end -}}

{{- define "phone82.telemetry" -}}
- name: FLUENTD_SERVER_IP
  valueFrom: { configMapKeyRef: { name: apiurl, key: fluentd-server-ip } }
{{- if .Values.telemetry.otlpEndpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ .Values.telemetry.otlpEndpoint | quote }}
- name: OTEL_TRACES_SAMPLER
  value: {{ .Values.telemetry.sampler | quote }}
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ .Values.telemetry.samplerArg | quote }}
{{- end }}
{{- end -}}

{{- /* Who may call: what every service and gateway need to tell people apart. */ -}}
{{- define "phone82.access" -}}
{{- $oidc := .Values.oidc -}}
- name: OIDC_ISSUER
  value: {{ $oidc.issuer | quote }}
- name: OIDC_AUDIENCE
  value: {{ $oidc.audience | quote }}
- name: OIDC_ROLES_CLAIM
  value: {{ $oidc.rolesClaim | quote }}
- name: OIDC_AGENCY_CLAIM
  value: {{ $oidc.agencyClaim | quote }}
- name: OIDC_TOKEN_TYPE
  value: {{ $oidc.tokenType | quote }}
{{- with $oidc.jwksUrl }}
- name: OIDC_JWKS_URL
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{- /* The files of keys that a service needs, by the setting that names each, as YAML; empty for a service that needs none. */ -}}
{{- define "phone82.serviceKeys" -}}
{{- $name := .name -}}
{{- $files := dict -}}
{{- range include "phone82.services" .root | fromJsonArray -}}
{{- if and (has $name .calledBy) (ne $name "gateway") }}{{ $_ := set $files "SERVICE_KEY_FILE" (printf "%s.jwk.json" $name) }}{{ end -}}
{{- if and (eq .name $name) (without .calledBy "gateway") }}{{ $_ := set $files "SERVICE_KEYS_FILE" "service-keys.json" }}{{ end -}}
{{- end -}}
{{- if $files }}{{ toYaml $files }}{{ end -}}
{{- end -}}

{{- /* Who may call: how a service knows other services, and is known by them. */ -}}
{{- define "phone82.serviceAccess" -}}
{{- $files := include "phone82.serviceKeys" . | fromYaml -}}
{{- range $setting, $file := $files }}
- name: {{ $setting }}
  value: /keys/{{ $file }}
{{- end }}
{{- if and $files.SERVICE_KEYS_FILE .root.Values.trustedServiceAddresses }}
- name: TRUSTED_SERVICE_ADDRESSES
  value: {{ .root.Values.trustedServiceAddresses | quote }}
{{- end }}
{{- end -}}

{{- /* What gateway needs for browsers to sign in. */ -}}
{{- define "phone82.signIn" -}}
{{- $oidc := .root.Values.oidc -}}
{{ include "phone82.database" . }}
- name: MIGRATE_AT_START
  value: {{ not .root.Values.migrations.job | quote }}
- name: OIDC_CLIENT_ID
  value: {{ $oidc.clientId | quote }}
- name: OIDC_SCOPE
  value: {{ $oidc.scope | quote }}
{{- with $oidc.publicUrl }}
- name: PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- range (list "OIDC_CLIENT_SECRET" "SESSION_KEY") }}
- name: {{ . }}
  valueFrom: { secretKeyRef: { name: {{ $oidc.existingSecret }}, key: {{ . }} } }
{{- end }}
{{- end -}}

{{- /* Everything that a service reads. */ -}}
{{- define "phone82.environment" -}}
{{- $own := (include "phone82.settings" . | fromYaml).env -}}
- name: LOG_LEVEL
  value: {{ .root.Values.logLevel | quote }}
- name: PHONE82_ENV
  value: {{ eq .root.Values.environment "trial" | ternary "development" "production" }}
{{ include "phone82.telemetry" .root }}
{{- if ne .name "psp-simulator" }}
{{ include "phone82.access" .root }}
{{- include "phone82.serviceAccess" . }}
- name: DRAIN_DELAY_MS
  value: {{ mul .root.Values.shutdown.drainSeconds 1000 | quote }}
{{- end }}
{{- if ne .name "gateway" }}
{{ include "phone82.database" . }}
{{- end }}
{{- if not (has .name (list "gateway" "psp-simulator")) }}
- name: MIGRATE_AT_START
  value: {{ or (not .root.Values.migrations.job) (eq (include "phone82.keepsFile" .) "true") | quote }}
{{ include "phone82.bus" .root }}
{{- end }}
{{- if eq .name "gateway" }}
{{ include "phone82.signIn" . }}
{{- range include "phone82.services" .root | fromJsonArray }}
{{- if has "gateway" .calledBy }}
- name: {{ upper .name }}_URL
  value: http://{{ .name }}:8080
{{- end }}
{{- end }}
{{- else if eq .name "app" }}
- name: PAY_URL
  value: http://pay:8080
{{- else if eq .name "pay" }}
- name: MARKETING_URL
  valueFrom: { configMapKeyRef: { name: apiurl, key: url } }
{{ include "phone82.psp" .root }}
{{- else if eq .name "psp-simulator" }}
- name: WEBHOOK_URL
  value: http://pay:8080/webhooks/toss
{{- with .root.Values.psp.existingSecret }}
- name: PSP_SECRET_KEY
  valueFrom: { secretKeyRef: { name: {{ . }}, key: PSP_SECRET_KEY } }
{{- end }}
{{- end }}
{{- range $key, $value := $own }}
- name: {{ $key }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}
