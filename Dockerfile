# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
RUN mvn -B -ntp dependency:go-offline
COPY src src
COPY db db
COPY openapi openapi
# The tests have run before an image is built.
RUN mvn -B -ntp -DskipTests package \
 && java -Djarmode=tools -jar target/migreg.jar extract --destination /app

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin migreg \
 && install -d -o migreg -g migreg -m 0750 /app /data
COPY --from=build --chown=migreg:migreg /app /app
USER migreg
WORKDIR /app

# The cache is valid only for these very flags: training and service share them.
ENV JAVA_TOOL_OPTIONS="-XX:+UseG1GC -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" \
    SERVER_ADDRESS=0.0.0.0

# Training starts the context once against a throw-away directory and leaves before it serves.
RUN MIGREG_DATA_DIR=/tmp/training java -XX:AOTCacheOutput=/app/migreg.aot -Dspring.context.exit=onRefresh -jar migreg.jar \
 && rm -rf /tmp/training

ENV MIGREG_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
# By the shell alone: the image need not have curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '\"status\":\"UP\"' <&3"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/migreg.aot", "-jar", "migreg.jar"]
