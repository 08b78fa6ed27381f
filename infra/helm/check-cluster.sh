#!/usr/bin/env bash
# Check an installed release on its cluster: check-cluster.sh RELEASE NAMESPACE. It needs kubectl, and rights to read the
# namespace and to run a pod in it. Status 1 if anything failed.
set -u
release=${1:?usage: check-cluster.sh RELEASE NAMESPACE}
namespace=${2:?usage: check-cluster.sh RELEASE NAMESPACE}
selector="app.kubernetes.io/instance=$release"
failed=0

k() { kubectl --namespace "$namespace" "$@"; }
report() { # STATUS TEXT
  printf '%-7s %s\n' "$1" "$2"
  if [ "$1" = FAILED ]; then failed=1; fi
}
names() { k get "$1" -l "$selector" -o name 2> /dev/null; }
image() { k get deployment -l "$selector,app.kubernetes.io/component=gateway" -o 'jsonpath={.items[0].spec.template.spec.containers[0].image}'; }
address() { k get service -l "$selector,app.kubernetes.io/component=$1" -o 'jsonpath={.items[0].metadata.name}'; }

[ -n "$(names deployment)" ] || { report FAILED "no Deployment of release $release in namespace $namespace"; exit 1; }

for deployment in $(names deployment); do
  if k rollout status "$deployment" --timeout=120s > /dev/null 2>&1; then report ok "$deployment is rolled out"
  else report FAILED "$deployment is not rolled out: kubectl -n $namespace describe $deployment"; fi
done
for job in $(names job); do
  if k wait --for=condition=complete "$job" --timeout=120s > /dev/null 2>&1; then report ok "$job is complete"
  else report FAILED "$job is not complete: kubectl -n $namespace logs $job"; fi
done
for claim in $(names pvc); do
  phase=$(k get "$claim" -o 'jsonpath={.status.phase}')
  if [ "$phase" = Bound ]; then report ok "$claim is bound"; else report FAILED "$claim is $phase"; fi
done

# A pod that is no part of the release must reach the gateway and, where policies hold, no service.
secrets=$(k get deployment -l "$selector,app.kubernetes.io/component=gateway" -o 'jsonpath={.items[0].spec.template.spec.imagePullSecrets}')
in_pod() { # PROGRAM OF PYTHON
  local pod="cxm-check-$RANDOM" security
  # Restricted, as namespaces may demand.
  security='"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}'
  k run "$pod" --rm -i --quiet --restart=Never --image="$(image)" --override-type=strategic \
    --overrides='{"spec":{"imagePullSecrets":'"${secrets:-[]}"',"automountServiceAccountToken":false,"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"'"$pod"'",'"$security"'}]}}' \
    --command -- python3 -c "$1" > /dev/null 2>&1
}
reach() { in_pod "import socket; socket.create_connection(('$1', $2), 5)"; } # HOST PORT
policies=$(names networkpolicy | wc -l)
if ! in_pod pass; then report skipped "a pod beside the release may not run here, so the network is not looked at"
else
  if reach "$(address gateway)" "$(k get service "$(address gateway)" -o 'jsonpath={.spec.ports[0].port}')"; then
    report ok "a pod beside the release reaches the gateway"
  else report skipped "a pod beside the release does not reach the gateway: is that so by networkPolicy.gatewayFrom?"; fi
  if [ "$policies" -eq 0 ]; then report skipped "no NetworkPolicy: networkPolicy.enabled is false"
  elif reach "$(address profile)" 50051; then report FAILED "a pod beside the release reaches profile: this CNI does not enforce NetworkPolicy"
  else report ok "a pod beside the release does not reach profile"; fi
fi

for scaler in $(names hpa); do
  active=$(k get "$scaler" -o 'jsonpath={.status.conditions[?(@.type=="ScalingActive")].status}')
  if [ "$active" = True ]; then report ok "$scaler reads its metrics"
  else report FAILED "$scaler reads no metrics: is metrics-server there?"; fi
done
for kind in httproute servicemonitor prometheusrule externalsecret cluster.postgresql.cnpg.io; do
  for object in $(names "$kind"); do
    case $kind in
      httproute) path='{.status.parents[*].conditions[?(@.type=="Accepted")].status}' ;;
      externalsecret | cluster.postgresql.cnpg.io) path='{.status.conditions[?(@.type=="Ready")].status}' ;;
      *) report skipped "$object is there: whether your Prometheus reads it, ask its page of targets and rules"; continue ;;
    esac
    case $(k get "$object" -o "jsonpath=$path") in
      *True*) report ok "$object is taken" ;;
      *) report FAILED "$object is not taken: kubectl -n $namespace describe $object" ;;
    esac
  done
done
exit $failed
