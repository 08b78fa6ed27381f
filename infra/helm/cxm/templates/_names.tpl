{{- define "cxm.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels by which pods of the release are chosen. They never change, for a Deployment cannot change its own. */}}
{{- define "cxm.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* metadata of an object. Arguments: root, name, component, annotations, labels. */}}
{{- define "cxm.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- $labels := include "cxm.selector" .root | fromYaml }}
  {{- $labels = merge $labels (dict
      "app.kubernetes.io/version" (.root.Chart.AppVersion | toString)
      "app.kubernetes.io/managed-by" .root.Release.Service
      "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_")) }}
  {{- with .component }}{{ $labels = merge $labels (dict "app.kubernetes.io/component" .) }}{{ end }}
  {{- toYaml (merge $labels (default dict .labels) .root.Values.commonLabels) | nindent 2 }}
{{- with merge dict (default dict .annotations) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Labels of pods; those by which they are chosen go before what values say. Arguments: root, own, component. */}}
{{- define "cxm.podLabels" -}}
{{- $labels := dict "app.kubernetes.io/component" .component "app.kubernetes.io/version" (.root.Chart.AppVersion | toString) -}}
{{- toYaml (merge $labels (include "cxm.selector" .root | fromYaml) .own.podLabels .root.Values.commonLabels) -}}
{{- end -}}

{{- define "cxm.serviceAccount" -}}
{{- default (ternary (include "cxm.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "cxm.image" -}}
{{- $image := .Values.image -}}
{{- $registry := default $image.registry .Values.global.imageRegistry -}}
{{- with $registry }}{{ . }}/{{ end -}}
{{- $image.repository -}}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ default .Chart.AppVersion $image.tag }}{{ end -}}
{{- end -}}

{{/* Secret with the certificate of the Ingress; cert-manager names the Certificate so too. */}}
{{- define "cxm.tlsSecret" -}}
{{- default (printf "%s-tls" (include "cxm.fullname" .)) .Values.ingress.tls.secretName -}}
{{- end -}}

{{- define "cxm.publicAddress" -}}
{{- default (printf "https://%s" .Values.host) .Values.publicAddress -}}
{{- end -}}

{{/* What was written in place of null is left out. */}}
{{- define "cxm.withoutNulls" -}}
{{- $kept := dict -}}
{{- range $key, $value := . }}{{ if not (kindIs "invalid" $value) }}{{ $_ := set $kept $key $value }}{{ end }}{{ end -}}
{{- toYaml $kept -}}
{{- end -}}

{{- define "cxm.components" -}}
{{- .Files.Get "files/components.yaml" -}}
{{- end -}}

{{/* Values of a component: its own before the defaults. Arguments: root, name. */}}
{{- define "cxm.workloadValues" -}}
{{- mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (default dict (get .root.Values.components .name))) | toYaml -}}
{{- end -}}

{{/* Not empty where a component has a volume that one node may hold: the old pod has to go before the new one starts. Arguments: root, name. */}}
{{- define "cxm.stopsFirst" -}}
{{- $volumes := dict "employee-exp" .root.Values.waveKeys "profile" .root.Values.erasureJournal -}}
{{- with get $volumes .name }}{{ if ne .accessMode "ReadWriteMany" }}true{{ end }}{{ end -}}
{{- end -}}

{{/* How many connections to PostgreSQL all pods may have at once, with the one more of each that a rollout brings. */}}
{{- define "cxm.connections" -}}
{{- $most := 1 -}}
{{- range $name, $component := include "cxm.components" . | fromYaml -}}
{{- $own := include "cxm.workloadValues" (dict "root" $ "name" $name) | fromYaml -}}
{{- $pods := ternary $own.autoscaling.maxReplicas $own.replicas $own.autoscaling.enabled -}}
{{- $stopsFirst := include "cxm.stopsFirst" (dict "root" $ "name" $name) -}}
{{- $most = add $most (mul $component.connections (add $pods (ternary 1 0 (empty $stopsFirst)))) -}}
{{- end -}}
{{- $most -}}
{{- end -}}
