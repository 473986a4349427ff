# The command line. From the project's root:
#   docker build -f deploy/images/cli.Dockerfile -t whence/cli:VERSION .
# Arguments as in service.Dockerfile.
ARG JDK=maven:3.9-eclipse-temurin-25-noble
ARG JRE=eclipse-temurin:25-jre-noble
ARG PRODUCT=from-source

FROM ${JDK} AS from-source
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    rm -rf */target && mvn --batch-mode --no-transfer-progress --activate-profiles images -DskipTests -Dspotless.check.skip --projects cli --also-make package \
    && mkdir /product && cp -r cli/target/lib cli/target/whence-cli.jar cli/target/bom.json /product/

FROM scratch AS from-target
COPY cli/target/lib/ /product/lib/
COPY cli/target/whence-cli.jar cli/target/bom.json /product/

FROM ${PRODUCT} AS product

FROM ${JRE} AS trained
COPY --from=product /product/ /app/
COPY deploy/images/cli.options /app/java.options
COPY deploy/images/train-cli /train
# Seconds since 1970: how old all files are that the JVM learns from.
ARG COMMITTED
RUN ["/bin/sh", "/train"]

FROM ${JRE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="whence" \
      org.opencontainers.image.description="The command line of Whence" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=trained /app/lib/ /app/lib/
COPY --from=trained /app/bom.json /app/java.options /app/whence-cli.jar /app/whence.aot /app/
VOLUME ["/tmp"]
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["java", "@/app/java.options", "dev.whence.cli.Whence"]
