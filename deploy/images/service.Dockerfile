# One recipe for the images of the three services. From the project's root:
#   docker build -f deploy/images/service.Dockerfile --build-arg SERVICE=query-service -t whence/query-service:VERSION .
# deploy/build-images builds all of them, also where there is no Docker. Pin the bases by digest with JDK and JRE (…@sha256:…).
ARG JDK=maven:3.9-eclipse-temurin-25-noble
ARG JRE=eclipse-temurin:25-jre-noble
# Or from-target: what ./whence images has made, instead of building it here.
ARG PRODUCT=from-source

FROM ${JDK} AS from-source
ARG SERVICE
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    rm -rf */target && mvn --batch-mode --no-transfer-progress --activate-profiles images -DskipTests -Dspotless.check.skip --projects ${SERVICE} --also-make package \
    && mkdir /product && cp -r ${SERVICE}/target/quarkus-app/. ${SERVICE}/target/bom.json /product/

FROM scratch AS from-target
ARG SERVICE
COPY ${SERVICE}/target/quarkus-app/ /product/
COPY ${SERVICE}/target/bom.json /product/

FROM ${PRODUCT} AS product

# One start and end, of which the JVM keeps the loaded and linked classes (JEP 483, 514). The JVM that does it must be the very one that will use it.
FROM ${JRE} AS trained
COPY --from=product /product/ /app/
COPY deploy/images/service.options /app/java.options
COPY deploy/images/train-service /train
# Seconds since 1970: how old all files are that the JVM learns from.
ARG COMMITTED
RUN ["/bin/sh", "/train"]

FROM ${JRE}
ARG SERVICE
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="whence ${SERVICE}" \
      org.opencontainers.image.description="Which datasets contain this domain, how many of its URLs does each hold, and which URLs are they?" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"

# What changes least comes first.
COPY --from=trained /app/lib/ /app/lib/
COPY --from=trained /app/bom.json /app/java.options /app/
COPY --from=trained /app/quarkus/ /app/quarkus/
COPY --from=trained /app/app/ /app/app/
COPY --from=trained /app/quarkus-run.jar /app/whence.aot /app/

# The root file system is read-only: two places can be written, and a volume that is put there takes its owner from here.
RUN ["mkdir", "-p", "/var/lib/whence"]
RUN ["chown", "10001:10001", "/var/lib/whence"]
VOLUME ["/var/lib/whence", "/tmp"]

# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/whence

# How large the parts of its memory may be: the heap half of the limit, the rest for mapped blocks, buffers outside of the heap and the JVM itself.
# The other settings are those of every start: read-only caches are useless, all services have a health and metrics port of one number, and questions
# that run at the end have their time.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=50 -XX:MaxDirectMemorySize=128m" \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    QUARKUS_SHUTDOWN_DELAY=5S \
    QUARKUS_SHUTDOWN_TIMEOUT=30S \
    WHENCE_INDEXER_CACHE_DIRECTORY=/var/lib/whence/cache \
    WHENCE_INGEST_TEMPORARY_DIRECTORY=/var/lib/whence/landing \
    WHENCE_QUERY_CACHE_DIRECTORY=/var/lib/whence/cache
EXPOSE 8080
ENTRYPOINT ["java", "@/app/java.options", "-jar", "/app/quarkus-run.jar"]
