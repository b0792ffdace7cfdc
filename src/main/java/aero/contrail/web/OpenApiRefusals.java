package aero.contrail.web;

import static aero.contrail.web.problem.ProblemCode.*;

import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.problem.ProblemCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes in how many ways an operation can say no: what its parameters tell, what is the same
 * everywhere, and what {@link Refuses} names.
 */
@Component
class OpenApiRefusals implements OperationCustomizer {

  private static final String PROBLEM = "application/problem+json";

  private static final String RETRY_AFTER = "Retry-After";

  /** What comes with every answer. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Request-Id", "Names the request in logs and problems.",
          "Api-Version", "The version that answered.",
          "RateLimit", "What is left of the limit, and for how many seconds.",
          "RateLimit-Policy", "The limit that applies.");

  private final Map<String, ApiResponse> refusals = new ConcurrentSkipListMap<>();

  /** Adds what the descriptions of answers refer to. */
  void addTo(Components components) {
    refusals.forEach(components::addResponses);
    HEADERS.forEach((name, meaning) -> components.addHeaders(name, header(meaning)));
    components.addHeaders(RETRY_AFTER, header("Seconds after which to try again."));
  }

  private static Header header(String meaning) {
    return new Header().description(meaning).schema(new StringSchema());
  }

  private static final Set<ProblemCode> EVERYWHERE =
      EnumSet.of(
          MALFORMED_REQUEST,
          INVALID_PARAMETER,
          UNSUPPORTED_API_VERSION,
          NOT_ACCEPTABLE,
          RATE_LIMITED,
          HEADERS_TOO_LARGE,
          INTERNAL_ERROR,
          UNAVAILABLE);

  private static final Set<ProblemCode> WITH_TOKEN = EnumSet.of(UNAUTHORIZED, FORBIDDEN);

  private static final Set<ProblemCode> WITH_BODY =
      EnumSet.of(
          MALFORMED_REQUEST,
          UNSUPPORTED_MEDIA_TYPE,
          BODY_TOO_LARGE,
          REQUEST_TIMEOUT,
          VALIDATION_FAILED);

  /** Commands without a body refuse one. */
  private static final Set<ProblemCode> COMMAND =
      EnumSet.of(
          MALFORMED_REQUEST,
          UNSUPPORTED_MEDIA_TYPE,
          BODY_TOO_LARGE,
          REQUEST_TIMEOUT,
          CONCURRENT_CHANGE);

  private static final Set<ProblemCode> WITH_KEY =
      EnumSet.of(IDEMPOTENCY_KEY_MISSING, REQUEST_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED);

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    operation.getResponses().remove("default");
    if (isRead(method)) {
      operation
          .getResponses()
          .addApiResponse(
              "304", new ApiResponse().description("As If-None-Match says you know it."));
    }
    describe(operation, codes(method));
    return operation;
  }

  /** Adds an answer for each status that the codes have, and to all others what they carry. */
  void describe(Operation operation, Set<ProblemCode> refusals) {
    var byStatus = new TreeMap<Integer, List<ProblemCode>>();
    for (var code : refusals) {
      byStatus.computeIfAbsent(code.status().value(), _ -> new ArrayList<>()).add(code);
    }
    byStatus.forEach(
        (status, codes) ->
            operation
                .getResponses()
                .addApiResponse(Integer.toString(status), new ApiResponse().$ref(shared(codes))));
    operation.getResponses().values().stream()
        .filter(response -> response.get$ref() == null)
        .forEach(OpenApiRefusals::addHeaders);
  }

  /** Where the refusals with these codes are described, once for all operations. */
  private String shared(List<ProblemCode> codes) {
    var name = codes.stream().map(ProblemCode::code).collect(Collectors.joining("."));
    refusals.computeIfAbsent(name, _ -> refusal(codes));
    return "#/components/responses/" + name;
  }

  private static void addHeaders(ApiResponse response) {
    HEADERS.keySet().stream().sorted().forEach(name -> refer(response, name));
  }

  private static void refer(ApiResponse response, String header) {
    response.addHeaderObject(header, new Header().$ref("#/components/headers/" + header));
  }

  private static Set<ProblemCode> codes(HandlerMethod method) {
    var codes = EnumSet.copyOf(EVERYWHERE);
    if (!isOpen(method)) {
      codes.addAll(WITH_TOKEN);
    }
    if (has(method, PathVariable.class)) {
      codes.add(NOT_FOUND);
    }
    if (!isRead(method)) {
      codes.addAll(COMMAND);
    }
    if (has(method, RequestBody.class)) {
      codes.addAll(WITH_BODY);
    }
    if (parameters(method).anyMatch(p -> p.getParameterType() == IdempotencyKey.class)) {
      codes.addAll(WITH_KEY);
    }
    if (parameters(method)
        .map(p -> p.getParameterAnnotation(RequestHeader.class))
        .filter(Objects::nonNull)
        .anyMatch(header -> header.name().equals("If-Match"))) {
      codes.add(PRECONDITION_FAILED);
    }
    var own = method.getMethodAnnotation(Refuses.class);
    if (own != null) {
      codes.addAll(Arrays.asList(own.value()));
    }
    return codes;
  }

  private static boolean has(HandlerMethod method, Class<? extends Annotation> annotation) {
    return parameters(method).anyMatch(p -> p.hasParameterAnnotation(annotation));
  }

  private static Stream<MethodParameter> parameters(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters());
  }

  private static boolean isRead(HandlerMethod method) {
    return method.hasMethodAnnotation(GetMapping.class);
  }

  private static boolean isOpen(HandlerMethod method) {
    var room = method.getBeanType().getPackageName();
    return room.endsWith(".problem") || room.endsWith(".sandbox");
  }

  private static ApiResponse refusal(List<ProblemCode> codes) {
    return refusal(codes, new Schema<>().$ref("#/components/schemas/Problem"));
  }

  /** A refusal whose body has another form. */
  static ApiResponse refusal(List<ProblemCode> codes, Schema<?> body) {
    var response =
        new ApiResponse()
            .description(codes.stream().map(ProblemCode::code).collect(Collectors.joining(", ")))
            .content(new Content().addMediaType(PROBLEM, new MediaType().schema(body)));
    addHeaders(response);
    response.addExtension("x-problem-codes", codes.stream().map(ProblemCode::code).toList());
    if (codes.stream().anyMatch(ProblemCode::retryable)) {
      refer(response, RETRY_AFTER);
    }
    return response;
  }
}
