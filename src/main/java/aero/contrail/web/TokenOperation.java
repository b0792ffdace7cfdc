package aero.contrail.web;

import aero.contrail.web.problem.ProblemCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ComposedSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Describes the embedded authorization server's token endpoint (RFC 6749, section 4.4). */
@Component
class TokenOperation {

  private static final String CLIENT = "client";

  /** Those that have no members of their own. */
  private static final Set<ProblemCode> REFUSALS =
      EnumSet.of(
          ProblemCode.REQUEST_TIMEOUT,
          ProblemCode.BODY_TOO_LARGE,
          ProblemCode.RATE_LIMITED,
          ProblemCode.HEADERS_TOO_LARGE,
          ProblemCode.INTERNAL_ERROR,
          ProblemCode.UNAVAILABLE);

  private final OpenApiRefusals refusals;
  private final boolean isEmbedded;

  TokenOperation(
      OpenApiRefusals refusals,
      @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuer) {
    this.refusals = refusals;
    this.isEmbedded = issuer.isEmpty();
  }

  /** Nothing is added when tokens come from elsewhere. */
  void addTo(OpenAPI api) {
    if (!isEmbedded) {
      return;
    }
    var operation =
        new Operation()
            .operationId("token")
            .summary("Get a token")
            .tags(List.of("oauth2"))
            .addSecurityItem(new SecurityRequirement().addList(CLIENT))
            .requestBody(
                new RequestBody()
                    .required(true)
                    .content(content("application/x-www-form-urlencoded", request())))
            .responses(
                new ApiResponses()
                    .addApiResponse(
                        "200",
                        new ApiResponse()
                            .description("A bearer token")
                            .content(content("application/json", token()))));
    refusals.describe(operation, REFUSALS);
    operation
        .getResponses()
        .addApiResponse(
            "400", refusal(ProblemCode.INVALID_TOKEN_REQUEST, ProblemCode.INVALID_PARAMETER))
        .addApiResponse("401", refusal(ProblemCode.UNAUTHORIZED));
    api.path("/oauth2/token", new PathItem().post(operation));
    api.getComponents()
        .addSecuritySchemes(
            CLIENT, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"));
  }

  /** With the members of RFC 6749, section 5.2, when it is the endpoint itself that refuses. */
  private static ApiResponse refusal(ProblemCode... codes) {
    return OpenApiRefusals.refusal(
        List.of(codes),
        new ComposedSchema()
            .addAllOfItem(new Schema<>().$ref("#/components/schemas/Problem"))
            .addAllOfItem(
                new ObjectSchema()
                    .addProperty("error", new StringSchema())
                    .addProperty("error_description", new StringSchema())));
  }

  private static Content content(String type, Schema<?> schema) {
    return new Content().addMediaType(type, new MediaType().schema(schema));
  }

  private static Schema<?> request() {
    return new ObjectSchema()
        .addProperty("grant_type", new StringSchema().addEnumItem("client_credentials"))
        .addProperty(
            "scope",
            new StringSchema().description("Scopes, separated by blanks; all of them without it."))
        .addRequiredItem("grant_type");
  }

  private static Schema<?> token() {
    return new ObjectSchema()
        .addProperty("access_token", new StringSchema())
        .addProperty("token_type", new StringSchema().addEnumItem("Bearer"))
        .addProperty("expires_in", new IntegerSchema().description("Seconds."))
        .addProperty("scope", new StringSchema());
  }
}
