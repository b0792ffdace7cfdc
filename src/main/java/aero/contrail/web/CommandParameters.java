package aero.contrail.web;

import aero.contrail.web.idempotency.Idempotency;
import aero.contrail.web.limits.BodyLimits;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A command refuses query parameters that it does not know, or that have no value, and a body when
 * it takes none: a dry run that was mistyped must not become the real one. Nothing is inflated but
 * files of a type that says so. A request that is repeated does nothing and is answered.
 */
@Component
class CommandParameters implements HandlerInterceptor {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final Idempotency idempotency;

  CommandParameters(Idempotency idempotency) {
    this.idempotency = idempotency;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!READS.contains(request.getMethod()) && handler instanceof HandlerMethod method) {
      if (isEncoded(request)) {
        response.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        throw new Problem(
            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            "Send the body without Content-Encoding; a compressed file as application/gzip.");
      }
      if (!takesBody(method) && hasBody(request)) {
        throw new Problem(ProblemCode.MALFORMED_REQUEST, "This command takes no body.");
      }
      if (request.getQueryString() != null && !idempotency.isKnown(request)) {
        check(request, known(method));
      }
    }
    return true;
  }

  private static boolean isEncoded(HttpServletRequest request) {
    return Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
        .anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
  }

  private static boolean takesBody(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(
            parameter ->
                parameter.hasParameterAnnotation(RequestBody.class)
                    || parameter.getParameterType() == HttpServletRequest.class);
  }

  private static boolean hasBody(HttpServletRequest request) {
    var body = new String(BodyLimits.body(request), StandardCharsets.UTF_8).strip();
    return !body.isEmpty() && !body.equals("{}");
  }

  private static void check(HttpServletRequest request, Set<String> known) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (!known.contains(name)) {
                throw Problem.invalidParameter(
                    name, "There is no query parameter %s here.".formatted(name));
              }
              if (Arrays.asList(values).contains("")) {
                throw Problem.invalidParameter(name, name + " needs a value.");
              }
            });
  }

  private static Set<String> known(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
        .map(
            parameter -> {
              var annotation =
                  Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class));
              return annotation.name().isEmpty()
                  ? String.valueOf(parameter.getParameterName())
                  : annotation.name();
            })
        .collect(Collectors.toUnmodifiableSet());
  }
}
