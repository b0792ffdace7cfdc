# Build the jar first: mvn package. Then: docker build -t contrail .
FROM eclipse-temurin:25-jre AS layers
WORKDIR /build
COPY target/contrail-*.jar contrail.jar
RUN java -Djarmode=tools -jar contrail.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home contrail
WORKDIR /app
COPY --from=layers /build/extracted/dependencies/ ./
COPY --from=layers /build/extracted/spring-boot-loader/ ./
COPY --from=layers /build/extracted/snapshot-dependencies/ ./
COPY --from=layers /build/extracted/application/ ./
USER 10001
EXPOSE 8080
# The image has no curl: the shell asks for itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q 200"]
# The heap has its full size from the beginning and keeps it: a smaller one is marked in the
# background again and again, and that is what the slowest answers wait for.
ENTRYPOINT ["java", "-XX:+UseG1GC", "-XX:InitialRAMPercentage=75", "-XX:MaxRAMPercentage=75", "-XX:MaxHeapFreeRatio=100", "-XX:+ExitOnOutOfMemoryError", "-Djdk.virtualThreadScheduler.parallelism=16", "-jar", "contrail.jar"]
