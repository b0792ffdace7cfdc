package aero.contrail.events;

import java.math.BigDecimal;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How the published language is written down as JSON. Thread-safe. */
public final class EventJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(moneyModule())
          .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private EventJson() {}

  /** Reads and writes events and offers; ignores properties that a newer version added. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Money as {@code {"amount":"321.40","currency":"USD"}}, with the currency's own number of
   * decimals (ISO 4217).
   */
  public static JacksonModule moneyModule() {
    return new SimpleModule("money")
        .addSerializer(Money.class, new MoneySerializer())
        .addDeserializer(Money.class, new MoneyDeserializer());
  }

  private static final class MoneySerializer extends ValueSerializer<Money> {
    @Override
    public void serialize(Money money, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      json.writeStringProperty("amount", money.getAmount().toPlainString());
      json.writeStringProperty("currency", money.getCurrencyUnit().getCode());
      json.writeEndObject();
    }
  }

  private static final class MoneyDeserializer extends ValueDeserializer<Money> {
    @Override
    public Money deserialize(JsonParser parser, DeserializationContext context) {
      Map<?, ?> parts = context.readValue(parser, Map.class);
      if (!(parts.get("amount") instanceof String amount)
          || !(parts.get("currency") instanceof String currency)
          || parts.size() != 2) {
        return context.reportInputMismatch(
            Money.class, "money is an amount and a currency, both as text");
      }
      try {
        return Money.of(CurrencyUnit.of(currency), new BigDecimal(amount));
      } catch (IllegalArgumentException | ArithmeticException e) {
        return context.reportInputMismatch(Money.class, "not an amount of money: %s", parts);
      }
    }
  }
}
