{{/* Where a process may call outside of the release. Arguments: root, of. */}}
{{- define "cxm.egress" }}
{{- $edge := get .root.Values.networkPolicy.egress .of }}
- ports:
    {{- range default (include "cxm.egressPorts" . | fromJsonArray) $edge.ports }}
    - {port: {{ . }}, protocol: TCP}
    {{- if eq $.of "dns" }}
    - {port: {{ . }}, protocol: UDP}
    {{- end }}
    {{- end }}
  {{- with $edge.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* Ports of the URLs by which an edge is called; the usual ones, where these URLs lie in a Secret. Arguments: root, of. */}}
{{- define "cxm.egressPorts" -}}
{{- $values := .root.Values -}}
{{- $urls := dict
      "nats" (ternary "" $values.nats.url (ne $values.nats.existingSecret ""))
      "natsMonitoring" $values.nats.monitoringUrl
      "otlp" (ternary $values.telemetry.otlpEndpoint (printf "otlp://%s" $values.telemetry.otlpEndpoint) (contains "://" $values.telemetry.otlpEndpoint))
      "smtp" (ternary "" $values.mail.url (ne $values.mail.existingSecret ""))
      "oidc" $values.oidc.issuer -}}
{{- $usual := dict "nats" 4222 "tls" 4222 "http" 80 "https" 443 "otlp" 4317 "smtp" 25 "smtps" 465 -}}
{{- $ports := list -}}
{{- range compact (splitList "," (get $urls .of)) -}}
{{- $url := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
{{- $ports = append $ports (int (default (get $usual $url.scheme) $port)) -}}
{{- end -}}
{{- $unknown := dict "nats" (list 4222) "smtp" (list 25 465 587) -}}
{{- toJson (uniq (default (default list (get $unknown .of)) $ports)) -}}
{{- end -}}
