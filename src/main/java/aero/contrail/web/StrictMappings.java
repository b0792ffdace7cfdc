package aero.contrail.web;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A route of the API takes and gives JSON unless it names other media types, whatever libraries on
 * the class path could read or write: what is refused is refused before the route is entered.
 */
@Component
class StrictMappings implements WebMvcRegistrations {

  private static final Set<RequestMethod> WITH_BODY =
      Set.of(RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH);

  @Override
  public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
    return new JsonByDefault();
  }

  private static final class JsonByDefault extends RequestMappingHandlerMapping {

    @Override
    protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> type) {
      var info = super.getMappingForMethod(method, type);
      if (info == null || !type.getName().startsWith("aero.contrail.") || isErrorPage(info)) {
        return info;
      }
      var changed = info.mutate();
      if (info.getProducesCondition().isEmpty()) {
        changed.produces(MediaType.APPLICATION_JSON_VALUE);
      }
      if (info.getConsumesCondition().isEmpty() && takesBody(info, method)) {
        changed.consumes(MediaType.APPLICATION_JSON_VALUE);
      }
      return changed.build();
    }

    private static boolean isErrorPage(RequestMappingInfo info) {
      return info.getMethodsCondition().isEmpty();
    }

    private static boolean takesBody(RequestMappingInfo info, Method method) {
      return info.getMethodsCondition().getMethods().stream().anyMatch(WITH_BODY::contains)
          && Arrays.stream(method.getParameters())
              .anyMatch(parameter -> parameter.isAnnotationPresent(RequestBody.class));
    }
  }
}
