package aero.contrail.events;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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

    /** Looked at before it is computed with: an exponent could make work for minutes. */
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,4})?");

    @Override
    public Money deserialize(JsonParser parser, DeserializationContext context) {
      String amount = null;
      String currency = null;
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        parser.nextToken();
      }
      for (; parser.currentToken() == JsonToken.PROPERTY_NAME; parser.nextToken()) {
        var property = parser.currentName();
        var isText = parser.nextToken() == JsonToken.VALUE_STRING;
        if (isText && property.equals("amount") && amount == null) {
          amount = parser.getString();
        } else if (isText && property.equals("currency") && currency == null) {
          currency = parser.getString();
        } else {
          return mismatch(context);
        }
      }
      return amount == null || currency == null
          ? mismatch(context)
          : money(amount, currency, context);
    }

    private static Money money(String amount, String currency, DeserializationContext context) {
      if (!AMOUNT.matcher(amount).matches()) {
        return noAmount(context);
      }
      try {
        return Money.of(CurrencyUnit.of(currency), new BigDecimal(amount));
      } catch (IllegalArgumentException | ArithmeticException e) {
        return noAmount(context);
      }
    }

    private static Money noAmount(DeserializationContext context) {
      return context.reportInputMismatch(
          Money.class, "not an amount in decimals of a currency of ISO 4217");
    }

    private static Money mismatch(DeserializationContext context) {
      return context.reportInputMismatch(
          Money.class, "money is an amount and a currency, both as text");
    }
  }
}
