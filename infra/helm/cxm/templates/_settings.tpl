{{/* Settings that the chart's values give a component, by their names in config.py. Arguments: root, name. */}}
{{- define "cxm.settings" -}}
{{- $values := .root.Values -}}
{{- $component := get (include "cxm.components" .root | fromYaml) .name -}}
{{- $any := ternary (printf "[%s]" $values.bindAddress) $values.bindAddress (contains ":" $values.bindAddress) -}}
{{- $settings := dict -}}
{{- range $component.calls -}}
{{- $_ := set $settings (printf "%s_address" (replace "-" "_" .)) (printf "dns:///%s-%s:50051" (include "cxm.fullname" $.root) .) -}}
{{- end -}}
{{- range $setting, $file := $component.keys -}}
{{- $_ := set $settings $setting (printf "/etc/cxm/keys/%s" $file) -}}
{{- end -}}
{{- with $component.ports.health }}{{ $_ := set $settings "health_address" (printf "%s:%d" $any (int .)) }}{{ end -}}
{{- with $component.ports.grpc }}{{ $_ := set $settings "listen" (printf "%s:%d" $any (int .)) }}{{ end -}}
{{- with $values.telemetry.otlpEndpoint }}{{ $_ := set $settings "otlp_endpoint" . }}{{ end -}}
{{- if not $values.nats.existingSecret }}{{ $_ := set $settings "nats_url" $values.nats.url }}{{ end -}}
{{- if eq .name "gateway" -}}
{{- $settings = merge $settings (dict
      "host" $values.bindAddress
      "port" $component.ports.http
      "public_address" (include "cxm.publicAddress" .root)
      "trusted_proxies" $values.trustedProxies
      "client_address_header" $values.clientAddressHeader
      "mode" $values.graphql.mode) -}}
{{- if $values.graphql.documents }}{{ $_ := set $settings "documents" (toJson (list "/etc/cxm/documents")) }}{{ end -}}
{{- with $values.corsOrigins }}{{ $_ := set $settings "allowed_origins" (toJson .) }}{{ end -}}
{{- with $values.oidc.issuer -}}
{{- $oidc := $values.oidc -}}
{{- $settings = merge $settings (dict
      "oidc_issuer" .
      "oidc_audience" $oidc.audience
      "oidc_scopes" $oidc.scopes
      "oidc_algorithms" (toJson $oidc.algorithms)) -}}
{{- with $oidc.clientId }}{{ $_ := set $settings "oidc_client_id" . }}{{ end -}}
{{- end -}}
{{- else -}}
{{- $settings = merge $settings (dict
      "stream_replicas" $values.streams.replicas
      "stream_bytes" $values.retention.streamBytes) -}}
{{- with $values.nats.monitoringUrl }}{{ $_ := set $settings "broker_monitoring_url" . }}{{ end -}}
{{- end -}}
{{- if eq .name "profile" -}}
{{- $settings = merge $settings (dict
      "time_zone" $values.timeZone
      "erasure_journal_dir" "/var/lib/cxm/erasures/journal"
      "session_idle_minutes" $values.retention.sessionIdleMinutes
      "session_hours" $values.retention.sessionHours) -}}
{{- end -}}
{{- if eq .name "employee-exp" -}}
{{- $settings = merge $settings (dict
      "public_address" (include "cxm.publicAddress" .root)
      "wave_keys_dir" "/var/lib/cxm/waves/keys"
      "mail_from" (default (printf "cxm@%s" $values.host) $values.mail.from)) -}}
{{- if not $values.mail.existingSecret -}}
{{- /* Without a mail server mails are tried and given up: `console:` would write links into the log. */ -}}
{{- $_ := set $settings "mail_url" (default "smtp://localhost" $values.mail.url) -}}
{{- end -}}
{{- end -}}
{{- toYaml $settings -}}
{{- end -}}

{{/* Settings whose values lie in a Secret: name of the setting and of the Secret. Arguments: root, name. */}}
{{- define "cxm.secretSettings" -}}
{{- $values := .root.Values -}}
{{- $component := get (include "cxm.components" .root | fromYaml) .name -}}
{{- $secrets := dict -}}
{{- range $component.secrets }}{{ $_ := set $secrets . (default $values.existingSecret $values.databases.existingSecret) }}{{ end -}}
{{- with $values.nats.existingSecret }}{{ $_ := set $secrets "nats_url" . }}{{ end -}}
{{- if and (eq .name "gateway") $values.oidc.issuer -}}
{{- with $values.oidc.existingSecret }}{{ $_ := set $secrets "oidc_client_secret" . }}{{ end -}}
{{- end -}}
{{- if eq .name "employee-exp" -}}
{{- with $values.mail.existingSecret }}{{ $_ := set $secrets "mail_url" . }}{{ end -}}
{{- end -}}
{{- toYaml $secrets -}}
{{- end -}}

{{/* env of a component: its values' settings go before those of the chart. Arguments: root, name. */}}
{{- define "cxm.environment" -}}
{{- $component := get (include "cxm.components" .root | fromYaml) .name -}}
{{- $own := include "cxm.workloadValues" . | fromYaml -}}
{{- $plain := mergeOverwrite (include "cxm.settings" . | fromYaml) (default dict $own.settings) -}}
{{- $secrets := include "cxm.secretSettings" . | fromYaml -}}
{{- range $setting, $value := $plain }}
- name: {{ $component.prefix }}{{ upper $setting }}
  value: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- end }}
{{- range $setting, $secret := $secrets }}
{{- $variable := printf "%s%s" $component.prefix (upper $setting) }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef: {name: {{ $secret }}, key: {{ $variable }}}
{{- end }}
{{- with $own.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}
