package aero.contrail.web.limits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.FormHttpMessageConverter;

/** A form that has been read already. Its parameters are those of the body alone. */
final class FormRequest extends HttpServletRequestWrapper {

  private final Map<String, String[]> parameters = new TreeMap<>();

  FormRequest(HttpServletRequest request, byte[] body) throws IOException {
    super(request);
    new FormHttpMessageConverter()
        .read(null, new Form(new ByteArrayInputStream(body)))
        .forEach(
            (name, values) ->
                parameters.put(
                    name,
                    values.stream()
                        .map(value -> Objects.requireNonNullElse(value, ""))
                        .toArray(String[]::new)));
  }

  /** Without the request's headers: a form is UTF-8, whatever they say. */
  private record Form(InputStream body) implements HttpInputMessage {

    @Override
    public InputStream getBody() {
      return body;
    }

    @Override
    public HttpHeaders getHeaders() {
      return new HttpHeaders();
    }
  }

  @Override
  public @Nullable String getParameter(String name) {
    var values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Collections.unmodifiableMap(parameters);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return parameters.get(name);
  }
}
