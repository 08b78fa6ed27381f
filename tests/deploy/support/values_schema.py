"""values.schema.json: what may stand in values. Unknown keys are refused, settings are those of config.py."""

from typing import Any

from tests.deploy.support.processes import SETTINGS, open_settings

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
BOOLEAN: Schema = {"type": "boolean"}
STRINGS: Schema = {"type": "array", "items": STRING}
LABELS: Schema = {"type": "object", "additionalProperties": STRING}
ANY_OBJECT: Schema = {"type": "object"}
OBJECTS: Schema = {"type": "array", "items": ANY_OBJECT}
QUANTITY: Schema = {"type": "string", "pattern": r"^[0-9.]*[EPTGMKi]*$"}
HTTPS: Schema = {"type": "string", "pattern": "^$|^https://[^/*\\s]+"}
MONITORING: Schema = {"type": "string", "pattern": r"^$|^https?://[^\s,]+(,https?://[^\s,]+)*$"}
_NODE = r"(nats|tls)://[^\s,/@]+"
BROKER: Schema = {"type": "string", "pattern": f"^$|^{_NODE}(,{_NODE})*$"}
"""Without a password: everybody reads values who may read a Deployment."""
_NAME = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?"
NAME: Schema = {"type": "string", "pattern": f"^({_NAME})?$", "maxLength": 253}
"""Of an object of Kubernetes; empty: of none."""
PART: Schema = {"type": "string", "pattern": "^([a-z]([a-z0-9-]*[a-z0-9])?)?$", "maxLength": 63}
"""Of the names of Services, and labels."""
COLLECTOR: Schema = {"type": "string", "pattern": r"^$|^(https?://)?[^\s/,]+:[0-9]+$"}


def closed(**properties: Schema) -> Schema:
    """An object with these keys and no others."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


def whole(least: int, most: int | None = None) -> Schema:
    """A whole number of this range."""
    return {"type": "integer", "minimum": least} | ({} if most is None else {"maximum": most})


def one_of(*values: str) -> Schema:
    """One of these words."""
    return {"enum": list(values)}


def resources() -> Schema:
    """Requests cannot be left out: without them nodes are filled until processes are killed."""
    request = closed(cpu={"type": ["string", "number"]}, memory=QUANTITY)
    return closed(requests=request, limits=ANY_OBJECT)


def workload() -> dict[str, Schema]:
    """Values of a process, in defaults and in components.NAME."""
    return {
        "replicas": whole(0),
        "resources": resources(),
        "autoscaling": closed(
            enabled=BOOLEAN,
            minReplicas=whole(1),
            maxReplicas=whole(1),
            targetCPUUtilizationPercentage=whole(1, 1000),
            metrics=OBJECTS,
        ),
        "podDisruptionBudget": closed(enabled=BOOLEAN),
        "env": OBJECTS,
        "envFrom": OBJECTS,
        "extraVolumes": OBJECTS,
        "extraVolumeMounts": OBJECTS,
        "extraContainers": OBJECTS,
        "tmpSize": QUANTITY,
        "preStopSeconds": whole(0, 300),
        "terminationGracePeriodSeconds": whole(10),
        "podAnnotations": LABELS,
        "podLabels": LABELS,
        "nodeSelector": LABELS,
        "tolerations": OBJECTS,
        "affinity": ANY_OBJECT,
        "topologySpreadConstraints": OBJECTS,
        "priorityClassName": NAME,
        "podSecurityContext": ANY_OBJECT,
        "containerSecurityContext": ANY_OBJECT,
    }


def settings_of(component: str) -> Schema:
    """Settings of a process that values may give; types and ranges as config.py has them."""
    found = SETTINGS[component].model_json_schema()["properties"]
    own = {
        name: {
            key: value
            for key, value in found[name].items()
            if key not in ("default", "title", "description")
        }
        for name in sorted(open_settings(component))
    }
    return closed(**own)


def values_schema() -> Schema:
    """The whole schema."""
    components = {name: closed(**workload(), settings=settings_of(name)) for name in SETTINGS}
    ports = {"type": "array", "items": whole(1, 65535)}
    edge, named = (
        closed(to=OBJECTS, ports=ports),
        closed(to=OBJECTS, ports={**ports, "minItems": 1}),
    )
    edges = ("nats", "natsMonitoring", "otlp", "smtp", "oidc")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Values of the chart cxm",
        **closed(
            existingSecret=NAME,
            databases=closed(existingSecret=NAME),
            nats=closed(url=BROKER, existingSecret=NAME, monitoringUrl=MONITORING),
            graphql=closed(mode=one_of("default", "hardened"), documents=NAME),
            host={"type": "string", "pattern": r"^$|^[a-z0-9.-]+$"},
            enabled=BOOLEAN,
            **{
                "global": {
                    "type": "object",
                    "properties": {
                        "imageRegistry": STRING,
                        "imagePullSecrets": {"type": "array", "items": NAME},
                    },
                }
            },
            nameOverride=PART,
            fullnameOverride=PART,
            commonLabels=LABELS,
            commonAnnotations=LABELS,
            image=closed(
                registry=STRING,
                repository={"type": "string", "minLength": 1},
                tag={"type": "string", "not": {"const": "latest"}},
                digest={"type": "string", "pattern": "^$|^sha256:[0-9a-f]{64}$"},
                pullPolicy=one_of("IfNotPresent", "Always", "Never"),
            ),
            timeZone=STRING,
            publicAddress=HTTPS,
            corsOrigins={
                "type": "array",
                "items": {"type": "string", "pattern": r"^https?://[^/*\s]+$"},
            },
            trustedProxies=whole(0, 10),
            clientAddressHeader=STRING,
            bindAddress=STRING,
            oidc=closed(
                issuer=HTTPS,
                audience=STRING,
                clientId=STRING,
                existingSecret=NAME,
                scopes=STRING,
                algorithms=STRINGS,
            ),
            mail=closed(
                url={"type": "string", "pattern": "^$|^smtps?://[^@/]+$"},
                existingSecret=NAME,
                **{"from": STRING},
            ),
            retention=closed(
                sessionIdleMinutes=whole(5),
                sessionHours=whole(1, 168),
                streamBytes=whole(1024**2),
                migrationJobSeconds=whole(0),
            ),
            streams=closed(replicas=whole(1, 5)),
            waveKeys=closed(
                existingClaim=NAME,
                accessMode=one_of("ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"),
                storageClass=NAME,
                size=QUANTITY,
            ),
            erasureJournal=closed(
                existingClaim=NAME,
                accessMode=one_of("ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"),
                storageClass=NAME,
                size=QUANTITY,
            ),
            defaults=closed(**workload()),
            components=closed(**components),
            migrations=closed(
                enabled=BOOLEAN, backoffLimit=whole(0), activeDeadlineSeconds=whole(0)
            ),
            serviceAccount=closed(create=BOOLEAN, name=NAME, annotations=LABELS),
            service=closed(
                type=one_of("ClusterIP", "NodePort", "LoadBalancer"),
                port=whole(1, 65535),
                annotations=LABELS,
            ),
            ingress=closed(
                enabled=BOOLEAN,
                className=NAME,
                annotations=LABELS,
                tls=closed(enabled=BOOLEAN, secretName=NAME),
            ),
            gatewayApi=closed(enabled=BOOLEAN, parentRefs=OBJECTS, annotations=LABELS),
            networkPolicy=closed(
                enabled=BOOLEAN,
                gatewayFrom=OBJECTS,
                metricsFrom=OBJECTS,
                egress=closed(dns=named, postgresql=named, **dict.fromkeys(edges, edge)),
            ),
            telemetry=closed(
                otlpEndpoint=COLLECTOR,
                serviceMonitor=closed(enabled=BOOLEAN, interval=STRING, labels=LABELS),
                prometheusRule=closed(
                    enabled=BOOLEAN, series=LABELS, runbooks=HTTPS, labels=LABELS
                ),
                dashboards=closed(enabled=BOOLEAN, labels=LABELS),
            ),
            externalSecret=closed(
                enabled=BOOLEAN,
                storeRef=closed(name=NAME, kind=one_of("SecretStore", "ClusterSecretStore")),
                key=STRING,
                refreshInterval=STRING,
            ),
            cloudNativePG=closed(
                enabled=BOOLEAN,
                imageName=STRING,
                instances=whole(1),
                synchronous=whole(0),
                size=QUANTITY,
                storageClass=NAME,
                parameters=LABELS,
                resources=ANY_OBJECT,
                spec=ANY_OBJECT,
            ),
            extraObjects={"type": "array", "items": {"type": ["object", "string"]}},
        ),
    }
