{{/* Groups of a file of rules, each for the numbers of this release alone. Arguments: root, path. */}}
{{- define "cxm.rules" -}}
{{- $values := .root.Values -}}
{{- $fullname := include "cxm.fullname" .root -}}
{{- $series := default (dict "namespace" .root.Release.Namespace "app_kubernetes_io_instance" .root.Release.Name) $values.telemetry.prometheusRule.series -}}
{{- $matchers := list -}}
{{- range $label, $value := $series }}{{ $matchers = append $matchers (printf "%s=%q" $label $value) }}{{ end -}}
{{- $text := .root.Files.Get .path
      | replace "namespace=~\".*\"" (join "," $matchers)
      | replace "namespace=~\".+\"" (printf "namespace=%q" .root.Release.Namespace)
      | replace "job_name=~\".+-migrate-.+\"" (printf "job_name=~%q" (printf "%s-migrate-.+" $fullname))
      | replace "name=~\".+\"" (printf "name=%q" (include "cxm.tlsSecret" .root)) -}}
{{- $groups := ($text | fromYaml).groups -}}
{{- range $groups -}}
{{- range .rules -}}
{{- $_ := set . "labels" (merge (default dict .labels) $series) -}}
{{- if and .alert $values.telemetry.prometheusRule.runbooks -}}
{{- $_ := set .annotations "runbook_url" (printf "%s/%s.md" (trimSuffix "/" $values.telemetry.prometheusRule.runbooks) .alert) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $groups -}}
{{- end -}}
