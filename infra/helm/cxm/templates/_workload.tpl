{{/* The one Deployment of all components. Arguments: root, name. */}}
{{- define "cxm.workload" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $component := get (include "cxm.components" $root | fromYaml) .name -}}
{{- $own := include "cxm.workloadValues" . | fromYaml -}}
{{- $fullname := printf "%s-%s" (include "cxm.fullname" $root) .name -}}
{{- $waves := eq .name "employee-exp" -}}
{{- $journal := eq .name "profile" -}}
{{- $documents := ternary $values.graphql.documents "" (eq .name "gateway") -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "cxm.metadata" (dict "root" $root "name" $fullname "component" .name) | nindent 2 }}
spec:
  {{- if not $own.autoscaling.enabled }}
  replicas: {{ $own.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  strategy:
    {{- if include "cxm.stopsFirst" . }}
    # Its volume may be held by one node, so the old pod has to go first.
    type: Recreate
    {{- else }}
    type: RollingUpdate
    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
    {{- end }}
  selector:
    matchLabels:
      {{- include "cxm.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .name }}
  template:
    metadata:
      labels:
        {{- include "cxm.podLabels" (dict "root" $root "own" $own "component" .name) | nindent 8 }}
      {{- $annotations := deepCopy $own.podAnnotations }}
      {{- if $waves }}{{ $annotations = merge $annotations (dict "backup.velero.io/backup-volumes-excludes" "wave-keys") }}{{ end }}
      {{- with $annotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "cxm.podSpec" (dict "root" $root "own" $own) | nindent 6 }}
      terminationGracePeriodSeconds: {{ $own.terminationGracePeriodSeconds }}
      topologySpreadConstraints:
        {{- with $own.topologySpreadConstraints }}
        {{- toYaml . | nindent 8 }}
        {{- else }}
        {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "cxm.selector" $root | nindent 14 }}
              app.kubernetes.io/component: {{ $.name }}
          matchLabelKeys: [pod-template-hash]
        {{- end }}
        {{- end }}
      containers:
        - name: {{ .name }}
          {{- include "cxm.container" (dict "root" $root "own" $own) | nindent 10 }}
          command: {{ toJson $component.command }}
          env:
            {{- include "cxm.environment" . | trim | nindent 12 }}
          {{- with $own.envFrom }}
          envFrom:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            {{- range $name, $port := $component.ports }}
            - {name: {{ $name }}, containerPort: {{ $port }}, protocol: TCP}
            {{- end }}
          # The first start may wait for its schema, and metrics reads its whole log: a quarter of an hour.
          startupProbe:
            {{- toYaml (mergeOverwrite (dict "periodSeconds" 2 "timeoutSeconds" 2 "failureThreshold" 450) $component.probes.startup) | nindent 12 }}
          livenessProbe:
            {{- toYaml (mergeOverwrite (dict "periodSeconds" 10 "timeoutSeconds" 5 "failureThreshold" 6) $component.probes.liveness) | nindent 12 }}
          readinessProbe:
            {{- toYaml (mergeOverwrite (dict "periodSeconds" 5 "timeoutSeconds" 5 "failureThreshold" 3) $component.probes.readiness) | nindent 12 }}
          {{- with $own.preStopSeconds }}
          lifecycle: {preStop: {sleep: {seconds: {{ . }}}}}
          {{- end }}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            - {name: keys, mountPath: /etc/cxm/keys, readOnly: true}
            {{- if $waves }}
            - {name: wave-keys, mountPath: /var/lib/cxm/waves}
            {{- end }}
            {{- if $journal }}
            - {name: erasure-journal, mountPath: /var/lib/cxm/erasures}
            {{- end }}
            {{- if $documents }}
            - {name: documents, mountPath: /etc/cxm/documents, readOnly: true}
            {{- end }}
            {{- with $own.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
        {{- with $own.extraContainers }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      volumes:
        - {{ include "cxm.tmp" $own }}
        - name: keys
          secret:
            secretName: {{ $values.existingSecret }}
            defaultMode: 0440
            items:
              {{- range uniq (values $component.keys | sortAlpha) }}
              - {key: {{ . }}, path: {{ . }}}
              {{- end }}
        {{- if $waves }}
        - name: wave-keys
          persistentVolumeClaim: {claimName: {{ default (printf "%s-wave-keys" (include "cxm.fullname" $root)) $values.waveKeys.existingClaim }}}
        {{- end }}
        {{- if $journal }}
        - name: erasure-journal
          persistentVolumeClaim: {claimName: {{ default (printf "%s-erasure-journal" (include "cxm.fullname" $root)) $values.erasureJournal.existingClaim }}}
        {{- end }}
        {{- with $documents }}
        - name: documents
          configMap: {name: {{ . }}}
        {{- end }}
        {{- with $own.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end -}}

{{/* What every pod has. Arguments: root, own (its values). */}}
{{- define "cxm.podSpec" -}}
serviceAccountName: {{ include "cxm.serviceAccount" .root }}
automountServiceAccountToken: false
# Else Kubernetes would set variables such as CXM_GATEWAY_PORT, which are settings here.
enableServiceLinks: false
{{- with .root.Values.global.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  {{- include "cxm.withoutNulls" .own.podSecurityContext | nindent 2 }}
{{- with .own.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .own.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .own.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .own.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The volume of temporary files. Of the values of a process. */}}
{{- define "cxm.tmp" -}}
{name: tmp, emptyDir: {{ if .tmpSize }}{sizeLimit: {{ .tmpSize }}}{{ else }}{}{{ end }}}
{{- end -}}

{{/* What every container has. Arguments: root, own (its values). */}}
{{- define "cxm.container" -}}
image: {{ include "cxm.image" .root | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "cxm.withoutNulls" .own.containerSecurityContext | nindent 2 }}
resources:
  {{- toYaml .own.resources | nindent 2 }}
{{- end -}}

{{/* The pod that migrates and ends; what runs beside it would keep it from ending. Arguments: root, own (values of every process). */}}
{{- define "cxm.migration" -}}
restartPolicy: Never
{{ include "cxm.podSpec" . }}
containers:
  - name: migrate
    {{- include "cxm.container" . | nindent 4 }}
    command: {{ toJson (list "python3" "-P" "-m" "services.kit.db.migrate" "profile" "survey" "metrics" "employee_exp") }}
    env:
      {{- range list "PROFILE" "SURVEY" "METRICS" "EMPLOYEE_EXP" }}
      {{- $variable := printf "CXM_%s_OWNER_DATABASE_URL" . }}
      - name: {{ $variable }}
        valueFrom:
          secretKeyRef: {name: {{ default $.root.Values.existingSecret $.root.Values.databases.existingSecret }}, key: {{ $variable }}}
      {{- end }}
      {{- with .own.env }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with .own.envFrom }}
    envFrom:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    volumeMounts:
      - {name: tmp, mountPath: /tmp}
      {{- with .own.extraVolumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  - {{ include "cxm.tmp" .own }}
  {{- with .own.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
