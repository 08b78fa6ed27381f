{{/* One message with all that is missing or does not go together. */}}
{{- define "cxm.check" -}}
{{- $wrong := list -}}
{{- with .Values -}}
{{- if not .existingSecret -}}
{{- $wrong = append $wrong "existingSecret is missing: name the Secret with the databases and the keys (README.md of the chart lists what it holds)" -}}
{{- end -}}
{{- if not (or .nats.url .nats.existingSecret) -}}
{{- $wrong = append $wrong "nats.url is missing: give nats://host:port of the broker, or name a Secret with its URLs in nats.existingSecret" -}}
{{- end -}}
{{- if not .host -}}
{{- $wrong = append $wrong "host is missing: give the name under which browsers reach the platform, e.g. cx.example.org" -}}
{{- end -}}
{{- if not (has .timeZone (splitList "\n" ($.Files.Get "files/zones"))) -}}
{{- $wrong = append $wrong (printf "timeZone is %s: no zone has this name; it is one of IANA, e.g. Europe/Riga" .timeZone) -}}
{{- end -}}
{{- if and .oidc.clientId (not .oidc.issuer) -}}
{{- $wrong = append $wrong "oidc.issuer is missing: oidc.clientId needs it" -}}
{{- end -}}
{{- if and .oidc.clientId (eq .oidc.clientId .oidc.audience) -}}
{{- $wrong = append $wrong "oidc.clientId and oidc.audience are the same: give programs an audience of their own" -}}
{{- end -}}
{{- if and .gatewayApi.enabled (not .gatewayApi.parentRefs) -}}
{{- $wrong = append $wrong "gatewayApi.parentRefs is missing: name the Gateway that the route belongs to" -}}
{{- end -}}
{{- if and .externalSecret.enabled (not (and .externalSecret.storeRef.name .externalSecret.key)) -}}
{{- $wrong = append $wrong "externalSecret.storeRef.name or externalSecret.key is missing" -}}
{{- end -}}
{{- if and .cloudNativePG.enabled (not .cloudNativePG.imageName) -}}
{{- $wrong = append $wrong "cloudNativePG.imageName is missing: name an image with PostgreSQL 18" -}}
{{- end -}}
{{- end -}}
{{- $staff := include "cxm.workloadValues" (dict "root" . "name" "employee-exp") | fromYaml -}}
{{- if and (not (has .Values.waveKeys.accessMode (list "ReadWriteMany"))) (or $staff.autoscaling.enabled (gt (int $staff.replicas) 1)) -}}
{{- $wrong = append $wrong "employee-exp with more than one replica needs waveKeys.accessMode ReadWriteMany: all of them share the keys of waves" -}}
{{- end -}}
{{- $profile := include "cxm.workloadValues" (dict "root" . "name" "profile") | fromYaml -}}
{{- if and (ne .Values.erasureJournal.accessMode "ReadWriteMany") (or $profile.autoscaling.enabled (gt (int $profile.replicas) 1)) -}}
{{- $wrong = append $wrong "profile with more than one replica needs erasureJournal.accessMode ReadWriteMany: all of them share the journal of erasures" -}}
{{- end -}}
{{- $of := dict -}}
{{- range $name, $_ := include "cxm.components" . | fromYaml -}}
{{- $own := include "cxm.workloadValues" (dict "root" $ "name" $name) | fromYaml -}}
{{- $found := list -}}
{{- $grace := int $own.terminationGracePeriodSeconds -}}
{{- $before := int $own.preStopSeconds -}}
{{- if lt $grace (int (add $before 20)) -}}
{{- $found = append $found (printf "terminationGracePeriodSeconds is %d and preStopSeconds %d: give at least 20 seconds more, for what is under way then" $grace $before) -}}
{{- end -}}
{{- $fewest := int $own.autoscaling.minReplicas -}}
{{- $most := int $own.autoscaling.maxReplicas -}}
{{- if and $own.autoscaling.enabled (gt $fewest $most) -}}
{{- $found = append $found (printf "autoscaling.minReplicas is %d and maxReplicas %d: the first cannot be greater" $fewest $most) -}}
{{- end -}}
{{- range $found }}{{ $_ := set $of . (append (default list (get $of .)) $name) }}{{ end -}}
{{- end -}}
{{- range $message, $names := $of -}}
{{- $wrong = append $wrong (printf "%s (%s)" $message (join ", " $names)) -}}
{{- end -}}
{{- $needed := add 10 (include "cxm.connections" .) -}}
{{- with .Values.cloudNativePG -}}
{{- $taken := int (default 100 .parameters.max_connections) -}}
{{- if and .enabled (lt $taken (int $needed)) -}}
{{- $wrong = append $wrong (printf "cloudNativePG.parameters.max_connections is %d: so many replicas may need %d" $taken (int $needed)) -}}
{{- end -}}
{{- end -}}
{{- if $wrong -}}
{{- fail (printf "\n\n  %s\n" (join "\n  " $wrong)) -}}
{{- end -}}
{{- end -}}
