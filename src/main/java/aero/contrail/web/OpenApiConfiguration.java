package aero.contrail.web;

import aero.contrail.events.EventJson;
import aero.contrail.events.FlightId;
import aero.contrail.events.MemberNumber;
import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PaymentId;
import aero.contrail.events.RecordLocator;
import aero.contrail.events.TicketNumber;
import aero.contrail.web.idempotency.IdempotencyKey;
import aero.contrail.web.security.ApiScopes;
import aero.contrail.web.security.Caller;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** What the description of the API says beyond what can be read off the controllers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String OAUTH2 = "oauth2";

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(Caller.class, IdempotencyKey.class)
        .replaceWithSchema(Money.class, money())
        .replaceWithSchema(FlightId.class, text("UA1431-2026-12-01-EWR"))
        .replaceWithSchema(OrderId.class, text("01a20906-3c05-7cf5-b5e2-0708084d2323"))
        .replaceWithSchema(PaymentId.class, text("01a20906-3c0d-7a30-be49-4c9d3074ab79"))
        .replaceWithSchema(PassengerId.class, text("P1"))
        .replaceWithSchema(MemberNumber.class, text("4000000010"))
        .replaceWithSchema(RecordLocator.class, text("K3X9QD"))
        .replaceWithSchema(TicketNumber.class, text("0162400000017"));
  }

  @Bean
  OpenApiCustomizer conventions(OpenApiRefusals refusals, TokenOperation token) {
    return api -> {
      api.info(
          new Info()
              .title("Contrail")
              .version("1")
              .description(
                  "An airline retail core. Errors are problem+json (RFC 9457); the page behind a"
                      + " problem's type says what to do. POSTs that create or move something need"
                      + " an Idempotency-Key and may be repeated with it.")
              .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
      api.setServers(List.of(new Server().url("/").description("Wherever this is served.")));
      api.setTags(null);
      components(api).addSchemas("Problem", problem()).addSecuritySchemes(OAUTH2, oauth2());
      api.getPaths()
          .forEach(
              (path, item) ->
                  item.readOperations().forEach(operation -> describe(path, operation)));
      token.addTo(api);
      refusals.addTo(components(api));
    };
  }

  /** What a parameter type of ours stands for on the wire. */
  @Bean
  OperationCustomizer describedKeys() {
    return (Operation operation, HandlerMethod method) -> {
      if (Arrays.asList(method.getMethod().getParameterTypes()).contains(IdempotencyKey.class)) {
        operation.addParametersItem(
            new HeaderParameter()
                .name(IdempotencyKey.HEADER)
                .required(true)
                .description("A new one for each new request, the same when it is repeated.")
                .schema(new StringSchema().minLength(1).maxLength(255))
                .example("7f3c1d9e-2b64-4c55-9d6e-0b4f3b1c2a10"));
      }
      return operation;
    };
  }

  private static void describe(String path, Operation operation) {
    var first = path.split("/", 3)[1];
    operation.setTags(List.of(first));
    operation.setSecurity(
        List.of("problems", "sandbox").contains(first)
            ? List.of()
            : List.of(new SecurityRequirement().addList(OAUTH2)));
    var body = operation.getRequestBody();
    var example = ApiExamples.REQUESTS.get(operation.getOperationId());
    if (body != null && example != null && body.getContent().get("application/json") != null) {
      body.getContent()
          .get("application/json")
          .setExample(EventJson.mapper().readValue(example, Map.class));
    }
  }

  private static Components components(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(new Components());
    }
    return api.getComponents();
  }

  private static SecurityScheme oauth2() {
    var scopes = new Scopes();
    for (var scope : ApiScopes.ALL) {
      scopes.addString(scope, scope);
    }
    return new SecurityScheme()
        .type(SecurityScheme.Type.OAUTH2)
        .flows(
            new OAuthFlows()
                .clientCredentials(new OAuthFlow().tokenUrl("/oauth2/token").scopes(scopes)));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("type", text("http://localhost:8080/problems/space_unavailable"))
        .addProperty("title", text("No space left"))
        .addProperty("status", new IntegerSchema().example(409))
        .addProperty("detail", new StringSchema())
        .addProperty("instance", text("/orders"))
        .addProperty("code", text("space_unavailable"))
        .addProperty("requestId", new StringSchema())
        .addProperty("retryable", new BooleanSchema())
        .addProperty("actionUrl", new StringSchema().format("uri"))
        .addProperty(
            "errors",
            new ArraySchema()
                .items(
                    new ObjectSchema()
                        .addProperty("pointer", text("/passengers/0/type"))
                        .addProperty("code", new StringSchema())
                        .addProperty("message", new StringSchema())));
  }

  private static Schema<?> money() {
    return new ObjectSchema()
        .addProperty("amount", text("321.40"))
        .addProperty("currency", text("USD"));
  }

  private static StringSchema text(String example) {
    var schema = new StringSchema();
    schema.setExample(example);
    return schema;
  }
}
