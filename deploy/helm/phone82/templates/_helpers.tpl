{{- /* The image of all services, or of (dict "root" . "name" NAME) the one that this service was given alone. */ -}}
{{- define "phone82.image" -}}
{{- template "phone82.imageName" (list . .Values.image) -}}
{{- end -}}

{{- define "phone82.imageOf" -}}
{{- $image := .root.Values.image -}}
{{- $own := (include "phone82.settings" . | fromYaml).image | default dict -}}
{{- if or $own.tag $own.digest -}}
{{- $image = dict "repository" ($own.repository | default $image.repository) "tag" $own.tag "digest" $own.digest -}}
{{- end -}}
{{- template "phone82.imageName" (list .root $image) -}}
{{- end -}}

{{- define "phone82.imageName" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- /* Every service with where its records are and who calls it, as JSON. deploy/helm/render writes the file. */ -}}
{{- define "phone82.services" -}}
{{ .Files.Get "services.json" }}
{{- end -}}

{{- /* The names of the services that handle events, as a JSON list. */ -}}
{{- define "phone82.keepers" -}}
{{- $names := list -}}
{{- range include "phone82.services" . | fromJsonArray -}}
{{- if not .eventless }}{{ $names = append $names .name }}{{ end -}}
{{- end -}}
{{ toJson $names }}
{{- end -}}

{{- /* The names of all services, as a JSON list. Each uses a database. */ -}}
{{- define "phone82.serviceNames" -}}
{{- $names := list -}}
{{- range include "phone82.services" . | fromJsonArray }}{{ $names = append $names .name }}{{ end -}}
{{ toJson $names }}
{{- end -}}

{{- /* Fails where a service could not tell callers apart, and so would not start. */ -}}
{{- define "phone82.checkAccess" -}}
{{- if not .Values.oidc.issuer }}{{ fail "oidc.issuer is missing: name the OpenID Connect issuer whose access tokens count" }}{{ end -}}
{{- if not .Values.oidc.audience }}{{ fail "oidc.audience is missing: name the audience that access tokens have to name" }}{{ end -}}
{{- if not .Values.oidc.existingSecret }}{{ fail "oidc.existingSecret is missing: name the Secret with OIDC_CLIENT_SECRET and SESSION_KEY" }}{{ end -}}
{{- if not .Values.serviceKeys.existingSecret }}{{ fail "serviceKeys.existingSecret is missing: name the Secret with the keys that ./phone82 keys makes" }}{{ end -}}
{{- if and .Values.pspSimulator.enabled (ne .Values.environment "trial") }}{{ fail "pspSimulator.enabled: the PSP simulator does not start in production; set psp.url, or environment to trial" }}{{ end -}}
{{- end -}}

{{- /* Where the records of (dict "root" . "name" NAME) are; empty for what is no service. */ -}}
{{- define "phone82.keeps" -}}
{{- $name := .name -}}
{{- range include "phone82.services" .root | fromJsonArray -}}
{{- if eq .name $name }}{{ .keeps }}{{ end -}}
{{- end -}}
{{- end -}}

{{- /* Fails where values name what is no service, or a service lacks the database that it cannot do without. */ -}}
{{- define "phone82.checkNames" -}}
{{- range $name, $_ := .Values.services -}}
{{- if not (or (include "phone82.keeps" (dict "root" $ "name" $name)) (eq $name "psp-simulator")) }}{{ fail (printf "services/%s: there is no such service" $name) }}{{ end -}}
{{- end -}}
{{- range $name, $_ := .Values.databases -}}
{{- if not (include "phone82.keeps" (dict "root" $ "name" $name)) }}{{ fail (printf "databases/%s: there is no such service" $name) }}{{ end -}}
{{- end -}}
{{- range include "phone82.serviceNames" . | fromJsonArray -}}
{{- $database := index $.Values.databases . | default dict -}}
{{- $secret := ($database.urlSecret | default dict).name -}}
{{- if and (eq (include "phone82.keeps" (dict "root" $ "name" .)) "postgres") (not (or $database.url $secret)) }}{{ fail (printf "databases/%s: name a url or a urlSecret" .) }}{{ end -}}
{{- end -}}
{{- end -}}

{{- /* Of (dict "root" . "name" NAME) */ -}}
{{- define "phone82.selector" -}}
app.kubernetes.io/name: phone82
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "phone82.labels" -}}
{{ include "phone82.selector" . }}
app.kubernetes.io/part-of: phone82
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{- /* What holds for a service: the defaults, and what its own values say, as YAML. */ -}}
{{- define "phone82.settings" -}}
{{- $own := index .root.Values.services .name | default dict -}}
{{- mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy $own) | toYaml -}}
{{- end -}}

{{- /* "true" for a service that keeps a file on a volume: one copy, replaced before the next one starts. */ -}}
{{- define "phone82.keepsFile" -}}
{{- if eq .name "psp-simulator" -}}true
{{- else if eq (include "phone82.keeps" .) "storeDatabase" -}}
{{- $database := index .root.Values.databases .name -}}
{{- if not (or $database.url $database.urlSecret.name) -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{- define "phone82.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "phone82.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "phone82.scheduling" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}
