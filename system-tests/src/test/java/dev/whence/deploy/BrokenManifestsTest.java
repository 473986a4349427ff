package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each rule refuses what it is for: sound manifests, one place of one object changed, and the one
 * thing that is said of it.
 */
class BrokenManifestsTest {
    private static final Map<String, Manifests> SOUND = new ConcurrentHashMap<>();

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    Deployment query-service    | /spec/selector/matchLabels/app.kubernetes.io~1name                                | "other"   | Deployment query-service does not select its own pods
                    Deployment query-service    | /spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1name | "other" | spreads pods that are not its own
                    Service query-service       | /spec/selector/app.kubernetes.io~1name                                            | "other"   | Service query-service selects no pod
                    PodDisruptionBudget query-service | /spec/selector/matchLabels/app.kubernetes.io~1name                          | "other"   | PodDisruptionBudget query-service selects no pod
                    NetworkPolicy broker        | /spec/podSelector/matchLabels/app.kubernetes.io~1name                             | "other"   | NetworkPolicy broker selects no pod
                    Deployment query-service    | /spec/template/spec/containers/0/readinessProbe/httpGet/port                      | "htp"     | its readinessProbe asks port htp
                    Service query-service       | /spec/ports/0/targetPort                                                          | "htp"     | leads to port htp, which is none of Deployment query-service
                    Ingress query-service       | /spec/rules/0/http/paths/0/backend/service/name                                   | "other"   | leads to a service and port that are not there
                    Ingress query-service       | /spec/rules/0/http/paths/1/backend/service/port/name                              | "htp"     | leads to a service and port that are not there
                    Deployment ingest-service   | /spec/template/spec/containers/0/resources/requests/memory                        | "5Gi"     | requests 5Gi of memory, above its limit of 4Gi
                    Deployment ingest-service   | /spec/template/spec/containers/0/resources/requests/cpu                           |           | requests no cpu
                    CronJob deep-check          | /spec/jobTemplate/spec/template/spec/containers/0/resources/limits/memory         |           | has no limit of memory
                    Deployment ingest-service   | /spec/template/spec/volumes/1/emptyDir/sizeLimit                                  |           | may fill the node's disk
                    Deployment ingest-service   | /spec/template/spec/containers/0/resources/requests/ephemeral-storage             |           | Deployment ingest-service requests no ephemeral-storage for its directories
                    Deployment indexer-service  | /spec/template/spec/containers/0/resources/requests/ephemeral-storage             | "52Gi"    | requests 55834574848 bytes of ephemeral-storage, and its directories take 2147483648 at most
                    Deployment indexer-service  | /spec/template/spec/volumes/0/ephemeral/volumeClaimTemplate/spec/storageClassName |           | volume work is of the cluster's default class
                    HorizontalPodAutoscaler query-service | /spec/minReplicas                                                       | 13        | scales from 13 to 12
                    HorizontalPodAutoscaler query-service | /spec/scaleTargetRef/name                                               | "other"   | scales what is not there
                    Deployment query-service    | /spec/replicas                                                                    | 3         | says its replicas, and so does a scaler
                    ScaledObject ingest-service | /spec/maxReplicaCount                                                             | 24        | makes more replicas than the topic has partitions
                    ScaledObject ingest-service | /spec/triggers/0/metadata/consumerGroup                                           | "other"   | says 'other' where WHENCE_KAFKA_GROUP is 'whence-ingest'
                    PodDisruptionBudget query-service | /spec                                                                       | {"minAvailable": 3, "selector": {"matchLabels": {"app.kubernetes.io/name": "query-service"}}} | lets no node be emptied of Deployment query-service
                    PodDisruptionBudget query-service | /spec/unhealthyPodEvictionPolicy                                            |           | lets no node be emptied while nobody is ready
                    CronJob check               | /spec/jobTemplate/spec/ttlSecondsAfterFinished                                    |           | CronJob check makes jobs without ttlSecondsAfterFinished
                    CronJob deep-check          | /spec/concurrencyPolicy                                                           | "Allow"   | CronJob deep-check may run beside itself
                    CronJob check               | /spec/jobTemplate/spec/backoffLimit                                               | 0         | CronJob check gives up what was out of reach once
                    CronJob retire              | /spec/jobTemplate/spec/template/spec/containers/0/env                             | [{"name": "WHENCE_INDEXER_GRACE", "value": "PT1H"}] | Deployment indexer-service is told '' of WHENCE_INDEXER_GRACE, and CronJob retire 'PT1H'
                    CronJob retire              | /metadata/name                                                                    | "other"   | nobody deletes what old versions left, or nobody sees to it
                    CronJob deep-check          | /spec/jobTemplate/spec/podFailurePolicy/rules/0/onExitCodes/containerName         | "check"   | CronJob deep-check tries again what it found wrong
                    CronJob check               | /spec/jobTemplate/spec/podFailurePolicy/rules/0/onExitCodes/values                | [2]       | CronJob check tries again what it found wrong
                    CronJob check               | /spec/jobTemplate/spec/podFailurePolicy/rules/1/onPodConditions                   |           | CronJob check fails with the node that it is on
                    Deployment query-service    | /spec/template/spec/containers/0/volumeMounts/0/name                              | "wrk"     | mounts wrk, which is no volume of the pod
                    Deployment query-service    | /spec/template/spec/containers/0/volumeMounts/0/name                              | "tmp"     | has a volume that nobody mounts: work
                    Deployment query-service    | /spec/template/spec/containers/0/volumeMounts/0/mountPath                         | "/tmp"    | mounts two volumes at /tmp
                    Deployment query-service    | /spec/template/spec/containers/0/volumeMounts/0/mountPath                         | "/data"   | cannot write to /var/lib/whence
                    Deployment ingest-service   | /spec/template/spec/volumes/1/emptyDir/sizeLimit                                  | "30Gi"    | is told 21474836480 of its volume where /var/lib/whence is limited to 32212254720
                    Deployment ingest-service   | /spec/template/spec/containers/0/env                                              |           | is told nothing of its volume
                    Deployment query-service    | /spec/template/spec/serviceAccountName                                            | "other"   | has no such service account: other
                    Deployment query-service    | /spec/template/spec/containers/0/envFrom/0/configMapRef/name                      | "other"   | refers to a ConfigMap that is not there: other
                    Deployment query-service    | /spec/template/spec/containers/0/envFrom/1/secretRef/name                         | "other"   | takes a secret nobody makes: other
                    Deployment ingest-service   | /spec/template/spec/volumes/0/secret/secretName                                   | "other"   | takes a secret nobody makes: other
                    Deployment ingest-service   | /spec/template/spec/volumes/0/secret/secretName                                   | "whence-kafka" | takes a secret as variables and as files: whence-kafka
                    TriggerAuthentication whence-kafka | /spec/secretTargetRef/0/key                                                | "tls.crt" | takes a key of a secret nobody makes
                    ScaledObject ingest-service | /spec/triggers/0/authenticationRef/name                                           | "other"   | asks by what is not there: TriggerAuthentication other
                    NetworkPolicy store         | /spec/egress/0/to/1/ipBlock/except                                                | ["fe80::/10"] | NetworkPolicy store leads to the metadata service of machines, in fd00:ec2::/32
                    NetworkPolicy store         | /spec/egress/0/to                                                                 | [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]}}] | NetworkPolicy store leads everywhere, but by [0.0.0.0/0] alone
                    ServiceMonitor whence       | /spec/endpoints/0/metricRelabelings                                               |           | ServiceMonitor whence hides the tag service of metrics
                    NetworkPolicy traces        | /spec/egress/0/ports/0/port                                                       | 4317      | Deployment indexer-service may not leave for port 4318 of WHENCE_TRACES_ENDPOINT
                    NetworkPolicy broker        | /spec/egress/0/ports/1                                                            | {"protocol": "TCP", "port": 9094} | Deployment ingest-service may not leave for port 9093 of WHENCE_KAFKA_BOOTSTRAP_SERVERS
                    Deployment query-service    | /spec/template/spec/containers/0/env                                              | [{"name": "WHENCE_QUERY_EXPORTS", "valueFrom": {"configMapKeyRef": {"name": "whence", "key": "EXPORTS"}}}] | takes a key that is not there
                    Deployment query-service    | /spec/template/spec/containers/0/env                                              | [{"name": "WHENCE_STORE_SECRET_KEY", "value": "abc"}] | has a secret in plain sight: WHENCE_STORE_SECRET_KEY
                    Service query-service       | /metadata/namespace                                                               |           | Service query-service is in no namespace
                    Service nobody              | /kind                                                                             | "Secret"  | a Secret stands among the manifests
                    Service nobody              | /kind                                                                             | "ClusterRole" | ClusterRole nobody gives rights in the cluster
                    ServiceAccount check        | /automountServiceAccountToken                                                     | true      | ServiceAccount check gives its token
                    Deployment query-service    | /spec/template/spec/automountServiceAccountToken                                  |           | mounts a token
                    Deployment query-service    | /spec/template/spec/hostNetwork                                                   | true      | has hostNetwork
                    Deployment query-service    | /spec/template/spec/volumes/1                                                     | {"name": "tmp", "hostPath": {"path": "/"}} | mounts the node: volume tmp
                    Deployment query-service    | /spec/template/spec/securityContext/runAsNonRoot                                  |           | may run as root
                    Deployment query-service    | /spec/template/spec/securityContext/runAsUser                                     | 0         | may run as root
                    Deployment query-service    | /spec/template/spec/securityContext/seccompProfile                                |           | may make any system call
                    Deployment query-service    | /spec/template/spec/containers/0/securityContext/privileged                       | true      | is privileged
                    Deployment query-service    | /spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation         |           | may gain privileges
                    Deployment query-service    | /spec/template/spec/containers/0/securityContext/capabilities/add                 | ["NET_ADMIN"] | has capabilities
                    Deployment query-service    | /spec/template/spec/containers/0/securityContext/runAsUser                        | 0         | runs as another user than its pod
                    Deployment query-service    | /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem           | false     | may write to its root file system
                    Deployment query-service    | /spec/template/spec/containers/0/ports/0/hostPort                                 | 80        | takes a port of the node
                    Deployment query-service    | /spec/template/spec/containers/0/env                                              | [{"name": "WHENCE_QUERY_MAX_LAGG", "value": "1h"}] | is told WHENCE_QUERY_MAX_LAGG, which is no setting
                    CronJob check               | /spec/jobTemplate/spec/template/spec/containers/0/envFrom/0                       | {"secretRef": {"name": "whence-store"}} | is not told WHENCE_STORE_LOCATION
                    Deployment query-service    | /spec/template/spec/containers/0/image                                            | "registry.example.org/whence/query-service" | has no version
                    Deployment query-service    | /spec/template/spec/containers/0/image                                            | "whence/query-service:0.1.0-SNAPSHOT" | is of no registry
                    Deployment query-service    | /spec/template/spec/containers/0/image                                            | "registry.example.org/whence/query-service:0.0.9" | is not of version
                    NetworkPolicy nothing-else  | /spec/policyTypes                                                                 | ["Ingress"] | has no policy that denies the rest
                    NetworkPolicy questions     | /spec/ingress/0/from                                                              | []        | lets everybody in
                    NetworkPolicy questions     | /spec/ingress/0/ports/0/port                                                      | "htp"     | opens port htp, which is none of Deployment query-service
                    KafkaTopic whence.url-batches | /spec/partitions                                                                |           | lacks /spec/partitions
                    KafkaTopic whence.url-batches | /apiVersion                                                                     | "kafka.strimzi.io/v1beta2" | is of a kind nobody knows
                    """)
    void productionIsRefused(String object, String pointer, String value, String finding)
            throws Exception {
        refuses(sound(Kustomize.productionWithAllComponents()), object, pointer, value, finding);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    NetworkPolicy to-store  | /spec/ingress/0/from/0/podSelector/matchExpressions/0/values | ["ingest-service"] | Deployment query-service may leave for StatefulSet store, but is not let in
                    NetworkPolicy store     | /spec/egress/0/to/0/podSelector/matchLabels/app.kubernetes.io~1name | "s3" | NetworkPolicy store leads to no pod
                    NetworkPolicy broker    | /spec/egress/0/ports/0/port | "kfka" | leads to port kfka, which is none of StatefulSet broker
                    NetworkPolicy to-broker | /spec/ingress/0/from/0/podSelector/matchExpressions/0/values | ["somebody"] | lets in who is not there
                    Deployment ingest-service | /spec/template/spec/containers/0/envFrom/0 | {"secretRef": {"name": "whence-store"}} | is not told WHENCE_KAFKA_BOOTSTRAP_SERVERS
                    StatefulSet store       | /spec/template/spec/containers/0/env/2/valueFrom/secretKeyRef/key | "OTHER" | takes a key of a secret nobody makes
                    StatefulSet store       | /spec/template/spec/containers/0/image | "andrewgaul/s3proxy:latest" | has no version
                    """)
    @Tag("slow")
    void aLaptopIsRefused(String object, String pointer, String value, String finding)
            throws Exception {
        refuses(sound(Kustomize.laptop()), object, pointer, value, finding);
    }

    /** Read and looked at once: what is changed is a copy. */
    private static Manifests sound(String built) {
        return SOUND.computeIfAbsent(
                built,
                yaml -> {
                    Manifests manifests = Manifests.parse(yaml);
                    assertThat(ManifestRule.findings(manifests)).as("before a change").isEmpty();
                    return manifests;
                });
    }

    private static void refuses(
            Manifests sound, String object, String pointer, String value, String finding)
            throws Exception {
        assertThat(ManifestRule.findings(changed(sound, object, pointer, value)))
                .anySatisfy(found -> assertThat(found).contains(finding));
    }

    /**
     * The manifests with one value put at a place of an object, or taken away where there is none.
     */
    private static Manifests changed(Manifests sound, String title, String pointer, String value)
            throws Exception {
        var objects = new ArrayList<JsonNode>();
        sound.objects().forEach(object -> objects.add(object.deepCopy()));
        JsonNode object =
                objects.stream()
                        .filter(candidate -> Manifests.title(candidate).equals(title))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("there is no " + title));
        Change.make(object, pointer, value);
        return new Manifests(objects);
    }
}
